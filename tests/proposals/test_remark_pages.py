"""Pages of what was said, and of versions against each other."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.actions import drafting, remarks
from proposals.actions.versions import name_version
from proposals.models import Comment

from .conftest import say, suggest


def url(name, proposal, *more):
    return reverse(name, args=[proposal.pk, *more])


def write(client, proposal, **fields):
    values = {"section": "strategy", "quote": "", "text": "", "wording": "", "before": ""}
    return client.post(url("proposal_remarks", proposal), values | fields)


def test_said_by_hand(consulted, people, signed_in):
    client = signed_in(people.asked_head)
    page = write(client, consulted, quote="every week", wording="twice a week")
    said = Comment.objects.get()
    assert page.headers["Location"].endswith(f"/comments/#comment-{said.pk}")
    page = client.get(page.headers["Location"])
    assert "twice a" in page.text
    assert "Open (1)" in page.text


def test_what_was_refused_keeps_what_was_typed(consulted, people, signed_in):
    page = write(signed_in(people.asked_head), consulted, quote="never there", text="My words.")
    assert "do not stand in" in page.text
    assert "My words." in page.text


def test_outside_of_consultation_the_page_says_why(submitted, people, signed_in):
    page = signed_in(people.asked_head).get(url("proposal_remarks", submitted))
    assert "open with consultation" in page.text
    assert "<textarea" not in page.text


def test_replied_and_refused(suggested, people, signed_in):
    client = signed_in(people.lead_head)
    there = reverse("comment_reply", args=[suggested.pk])
    page = client.post(there, {"text": "@Nobody Here"})
    assert "Nobody who may read this" in page.text
    assert "@Nobody Here" in page.text
    assert client.post(there, {"text": "Thank you."}).status_code == 302
    assert "Thank you." in client.get(url("proposal", suggested.proposal)).text
    assert client.get(there).status_code == 302


def test_settled_by_hand(suggested, people, signed_in):
    client = signed_in(people.lead_head)
    client.post(reverse("comment_accept", args=[suggested.pk]), {"word": "With pleasure."})
    page = client.get(url("proposal_remarks", suggested.proposal)).text
    assert "With pleasure." in page
    assert "It is put into the text in revision." in page
    assert "Shaped by" in page
    client.post(reverse("comment_resolve", args=[suggested.pk]))
    assert "This is settled already." in client.get("/").text
    assert client.get(reverse("comment_resolve", args=[suggested.pk])).status_code == 302


def test_put_into_the_text_by_one_press(accepted, people, signed_in):
    client = signed_in(people.lead_head)
    assert "Put it into the text" in client.get(url("proposal_remarks", accepted.proposal)).text
    client.post(reverse("comment_apply", args=[accepted.pk]))
    assert "twice a week" in accepted.proposal.sections.get(kind="strategy").text


def test_a_lost_passage_is_placed_by_hand(accepted, people, signed_in):
    drafting.edit_section(proposal=accepted.proposal, kind="strategy", text="Else.", by=people.lead_head)
    client = signed_in(people.lead_head)
    page = client.get(url("proposal_remarks", accepted.proposal)).text
    assert "The passage has changed since." in page
    client.post(reverse("comment_placed", args=[accepted.pk]))
    assert "Open (0)" in client.get(url("proposal_remarks", accepted.proposal)).text


def test_threads_stand_beside_their_section(suggested, people, signed_in):
    page = signed_in(people.stranger).get(url("proposal", suggested.proposal)).text
    assert (
        page.index("<h2>Strategy</h2>")
        < page.index(f'id="comment-{suggested.pk}"')
        < page.index("<h2>Working")
    )
    older = suggested.proposal.versions.get(kind="submission").number
    page = signed_in(people.stranger).get(url("proposal_version", suggested.proposal, older)).text
    assert f'id="comment-{suggested.pk}"' not in page


def test_who_writes_sees_what_is_open_under_each_section(joint_draft, people, signed_in):
    client, edit = signed_in(people.lead_head), url("proposal_edit", joint_draft)
    assert "open comment" not in client.get(edit).text
    values = {"section": "strategy", "quote": "", "text": "Who?", "wording": "", "before": ""}
    answer = client.post(f"{url('proposal_remarks', joint_draft)}?writing", values)
    said = Comment.objects.get()
    assert answer.headers["Location"] == f"{edit}#comment-{said.pk}"
    page = client.get(edit).text
    assert "1 open comment<" in page and "Comments (1)" in page
    assert (
        page.index("1 open comment<") < page.index(f'id="comment-{said.pk}"') < page.index("Working-together")
    )
    for name in ("proposal_costs", "proposal_remarks", "proposal_versions", "proposal_submit"):
        assert "Comments (1)" in client.get(url(name, joint_draft)).text
    client.post(reverse("comment_resolve", args=[said.pk]))
    page = client.get(edit).text
    assert "open comment" not in page and "Comments (" not in page


def test_the_same_queries_for_any_number_of_threads(consulted, people, signed_in, django_assert_num_queries):
    client = signed_in(people.lead_head)
    pages = [url(name, consulted) for name in ("proposal", "proposal_remarks", "proposal_edit")]

    def fill():
        said = say(consulted, people.asked_head, "@Lena Lead?")
        remarks.reply(comment=said, text="Yes.", by=people.stranger)
        other = suggest(consulted, people.asked_head)
        remarks.accept_suggestion(comment=other, by=people.partner_head)

    fill()
    for page, most in zip(pages, (14, 20, 20), strict=True):
        client.get(page)
        with CaptureQueriesContext(connection) as once:
            client.get(page)
        assert len(once) <= most
        fill()
        with django_assert_num_queries(len(once)):
            client.get(page)


# Versions


def test_a_version_is_kept_by_hand(joint_draft, people, signed_in):
    client = signed_in(people.lead_head)
    client.post(url("proposal_versions", joint_draft), {"label": "before the cut"})
    page = client.get(url("proposal_versions", joint_draft)).text
    assert "before the cut" in page
    assert "Lena Lead" in page
    page = client.post(url("proposal_versions", joint_draft), {"label": "before the cut"}).text
    assert "Version 1 of this name says the same" in page


@pytest.fixture
def changed(in_revision, people):
    """Words, and the sponsors' own version, in revision."""
    texts = {"strategy": "One coach in every school, every week. " * 6}
    drafting.edit_sections(proposal=in_revision, texts=texts, by=people.lead_head)
    name_version(proposal=in_revision, label="sharper", by=people.lead_head)
    return in_revision


def test_two_versions_compared(changed, people, signed_in):
    page = signed_in(people.lead_head).get(url("proposal_compare", changed)).text
    assert "Nothing differs" in page  # the newest one against the text as it stands
    numbers = list(changed.versions.order_by("number").values_list("number", flat=True))
    where = f"{url('proposal_compare', changed)}?from={numbers[0]}&to=now"
    page = signed_in(people.lead_head).get(where).text
    assert "<ins>" in page
    assert "added: " in page


def test_others_compare_what_circulated(changed, people, signed_in):
    client = signed_in(people.stranger)
    assert "sharper" not in client.get(url("proposal_versions", changed)).text
    newest = changed.versions.get(kind="named").number
    for key in ("now", newest, "99", "x"):
        where = f"{url('proposal_compare', changed)}?from={key}&to={key}"
        assert client.get(where).status_code == 404
    assert "not two versions" in client.get(url("proposal_compare", changed)).text


def test_others_keep_no_version(changed, people, signed_in):
    page = signed_in(people.stranger).post(url("proposal_versions", changed), {"label": "mine"})
    assert "Only people of the sponsoring units" in page.text


def _names(client, proposal):
    return client.get(reverse("proposal_names", args=[proposal.pk]))


def test_names_to_call_on_a_draft_are_the_sponsors_own(joint_draft, people, signed_in):
    found = _names(signed_in(people.lead_head), joint_draft).json()["names"]
    assert found == ["Cole Lead", "Dana Lead", "Paula Partner"]
    for who in (people.asked_head, people.stranger):
        assert _names(signed_in(who), joint_draft).status_code == 404


def test_names_to_call_on_a_version_are_of_the_units_it_names(
    submitted, people, units, signed_in, django_assert_max_num_queries
):
    submitted.asks.create(
        code="A-09", asked_unit=units["FIN"], what="Not sent", created_at=submitted.created_at
    )
    client = signed_in(people.stranger)
    with django_assert_max_num_queries(8):
        found = _names(client, submitted).json()["names"]
    assert found == ["Arno Asked", "Cole Lead", "Dana Lead", "Dora Asked", "Lena Lead", "Paula Partner"]


def test_names_are_for_who_is_signed_in(submitted, client):
    assert _names(client, submitted).status_code == 401
