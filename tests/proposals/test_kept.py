"""Words that came after the freeze, offered by their author as suggestions."""

import pytest
from django.utils import timezone

from activity.models import Entry
from activity.refused import Refused
from proposals.actions import remarks
from proposals.actions.baton import pass_on
from proposals.actions.kept import discard_kept, offer_kept
from proposals.inbox import awaited
from proposals.models import Comment, KeptText

STOOD = "One coach in each school, every week."


def kept(proposal, by, text, kind="strategy"):
    return KeptText.objects.create(
        proposal=proposal, kind=kind, data=b"", text=text, html=text and f"<p>{text}</p>",
        kept_at=timezone.now(), kept_by=by,
    )  # fmt: skip


def test_offered_by_passage(consulted, lead_head, django_assert_max_num_queries):
    late = kept(consulted, lead_head, "One coach in each school, twice a week.\n\nCoaches meet on Fridays.")
    with django_assert_max_num_queries(16):
        [said] = offer_kept(kept=late, by=lead_head)
    assert (said.quote, said.suggestion.wording) == (STOOD, late.text)
    assert said.version == consulted.versions.get(kind="submission")
    assert said.unit.code == "TL"
    late.refresh_from_db()
    assert late.settled_at
    entry = Entry.objects.about(consulted).get(verb="suggest")
    assert entry.sentence == "suggested wording on “Strategy” of P-01, typed after the freeze"


def test_what_was_only_added_stands_beside_its_neighbour(consulted, lead_head, at_stage, steward):
    late = kept(consulted, lead_head, f"{STOOD}\n\nCoaches meet on Fridays.")
    [said] = offer_kept(kept=late, by=lead_head)
    assert said.quote == STOOD
    remarks.accept_suggestion(comment=said, by=lead_head)
    at_stage("revision")
    pass_on(proposal=consulted, act="return", by=steward, sentence="returned P-01")
    remarks.apply_suggestion(comment=said, by=lead_head)
    assert consulted.sections.get(kind="strategy").text == late.text


def test_an_empty_section_gets_all_of_it(consulted, lead_head):
    [said] = offer_kept(kept=kept(consulted, lead_head, "Nobody loses.", "equity"), by=lead_head)
    assert (said.quote, said.suggestion.wording) == ("", "Nobody loses.")


@pytest.mark.parametrize("text", [STOOD, "One coach  in each school, every week.\n", ""])
def test_nothing_new(consulted, lead_head, text):
    with pytest.raises(Refused, match="Nothing that you added"):
        offer_kept(kept=kept(consulted, lead_head, text), by=lead_head)


def test_only_the_author_and_once(consulted, lead_head, lead_deputy):
    late = kept(consulted, lead_head, "Another way.")
    with pytest.raises(Refused, match="Only who wrote it"):
        offer_kept(kept=late, by=lead_deputy)
    offer_kept(kept=late, by=lead_head)
    for again in (offer_kept, discard_kept):
        with pytest.raises(Refused, match="settled before"):
            again(kept=late, by=lead_head)


def test_not_before_consultation(submitted, lead_head):
    with pytest.raises(Refused, match="open with consultation"):
        offer_kept(kept=kept(submitted, lead_head, "Another way."), by=lead_head)


def test_who_left_no_longer_suggests(draft, lead_head, asked_head):
    with pytest.raises(Refused, match="Only its sponsors"):
        offer_kept(kept=kept(draft, asked_head, "Another way."), by=asked_head)


@pytest.fixture
def returned(submitted, lead_head, steward, at_stage):
    """Words of the lead's head came while it was submitted; then it is returned for revision."""
    late = kept(submitted, lead_head, "Coaches meet on Fridays.")
    at_stage("revision")
    pass_on(proposal=submitted, act="return", by=steward, sentence="returned P-01")
    return late


def test_what_was_kept_waits_when_the_text_is_open_again(returned, lead_head, lead_deputy, signed_in):
    client, proposal = signed_in(lead_head), returned.proposal
    page = client.get(f"/proposals/{proposal.pk}/edit/").text
    above = page.partition("data-guard")[0]
    assert "Coaches meet on Fridays." in above
    assert "It is open again" in above
    assert "kept for you" in client.get(f"/proposals/{proposal.pk}/").text
    path = f"/proposals/{proposal.pk}/edit/"
    assert f'href="{path}">Look at what you typed on “Strategy” of P-01 after it was closed' in (
        client.get("/").text
    )
    assert "Coaches meet on Fridays." not in signed_in(lead_deputy).get(path).text
    client.post(f"/kept/{returned.pk}/offer/", {"once": "o"})
    assert Comment.objects.get().version is None, "it is suggested for the text at work"
    assert "Kept for you" not in client.get(path).text
    assert "kept for you" not in client.get(f"/proposals/{proposal.pk}/").text


def test_a_draft_that_was_closed_and_opened_again_shows_it_too(joint_draft, lead_head, signed_in):
    kept(joint_draft, lead_head, "Coaches meet on Fridays.")
    client = signed_in(lead_head)
    assert "Coaches meet on Fridays." in client.get(f"/proposals/{joint_draft.pk}/edit/").text
    assert "kept for you" in client.get(f"/proposals/{joint_draft.pk}/").text


def test_only_its_author_is_awaited_and_for_any_number_at_once(
    joint_draft, lead_head, partner_head, django_assert_num_queries
):
    kept(joint_draft, lead_head, "Late.", "need")
    list(awaited())
    with django_assert_num_queries(8):
        list(awaited())
    for by, kind in ((lead_head, "strategy"), (partner_head, "need"), (partner_head, "strategy")):
        kept(joint_draft, by, "Late.", kind)
    with django_assert_num_queries(8):
        rows = [row for row in awaited() if row.key.startswith("kept:")]
    assert sorted(row.person_name for row in rows) == ["Lena Lead"] * 2 + ["Paula Partner"] * 2
    assert {row.person_name for row in awaited([lead_head]) if "you typed" in row.sentence} == {"Lena Lead"}


def test_of_a_merged_draft_words_are_copied(joint_draft, lead_head, signed_in):
    late = kept(joint_draft, lead_head, "Coaches meet on Fridays.")
    pass_on(proposal=joint_draft, act="merge", by=lead_head, sentence="merged P-01 into P-02")
    client = signed_in(lead_head)
    for path in (f"/proposals/{joint_draft.pk}/edit/", "/kept/"):
        page = client.get(path).text
        assert "Coaches meet on Fridays." in page
        assert "P-01 is merged: what was said stays as it is. Copy what you need." in page
        assert "Offer as suggestion" not in page
        assert f"/kept/{late.pk}/discard/" in page


def test_from_the_page(consulted, lead_head, lead_deputy, signed_in):
    late = kept(consulted, lead_head, "Another way.")
    client = signed_in(lead_head)
    assert f"/kept/{late.pk}/offer/" in client.get(f"/proposals/{consulted.pk}/edit/").text
    assert signed_in(lead_deputy).post(f"/kept/{late.pk}/offer/").status_code == 404
    client = signed_in(lead_head)
    page = client.post(f"/kept/{late.pk}/offer/", {"once": "o"}, follow=True)
    assert "Each passage waits" in page.text
    assert "Another way." in page.text
    assert Comment.objects.get().is_public
