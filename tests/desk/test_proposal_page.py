"""The whole proposal on one page: who reads which version, answers with reasons, few queries."""

import pytest
from django.urls import reverse

from activity import clock
from activity.actions import record
from proposals.actions import asks, drafting, sponsors
from proposals.models import Proposal
from reviews.models import Endorsement


def _url(proposal):
    return reverse("proposal", args=[proposal.pk])


def _answer(proposal, person, answer="declined"):
    terms = proposal.asks.get().current_terms
    return Endorsement.objects.create(
        terms=terms, answer=answer, reason="No drivers.", answered_at=clock.now(), answered_by=person
    )


@pytest.mark.parametrize("state", ["draft", "joint_draft", "submitted", "in_revision", "vetted"])
@pytest.mark.parametrize("role", ["lead_head", "stranger", "cfo"])
def test_fourteen_queries(state, role, request, people, signed_in, django_assert_max_num_queries):
    proposal = request.getfixturevalue(state)
    client = signed_in(getattr(people, role))
    hidden = "draft" in state and role != "lead_head"
    with django_assert_max_num_queries(14):
        assert client.get(_url(proposal)).status_code == (404 if hidden else 200)


def test_in_revision_others_read_what_was_submitted(in_revision, lead_head, stranger, signed_in):
    drafting.edit_section(proposal=in_revision, kind="need", text="Sharper words.", by=lead_head)
    assert "Sharper words." in signed_in(lead_head).get(_url(in_revision)).text
    page = signed_in(stranger).get(_url(in_revision))
    assert "Sharper words." not in page.text
    assert "41.2% of sixth graders" in page.text
    assert "The sponsors are revising it." in page.text


def test_others_see_the_terms_as_frozen(submitted, lead_head, stranger, signed_in):
    asks.edit_ask(ask=submitted.asks.get(), values={"what": "Something else"}, by=lead_head)
    assert "Something else" not in signed_in(stranger).get(_url(submitted)).text


def test_silence_is_shown_as_silence(submitted, stranger, asked_head, signed_in):
    client = signed_in(stranger)
    assert "No answer yet" in client.get(_url(submitted)).text
    _answer(submitted, asked_head)
    page = client.get(_url(submitted)).text
    assert "Declined" in page
    assert "No drivers." in page


def test_an_answer_to_old_terms_is_none(submitted, lead_head, stranger, asked_head, signed_in):
    _answer(submitted, asked_head, "endorsed")
    ask = asks.edit_ask(ask=submitted.asks.get(), values={"effort_hours": 99}, by=lead_head)
    asks.send_ask(ask=ask, by=lead_head)
    page = signed_in(stranger).get(_url(submitted)).text
    assert "Endorsed" not in page
    assert "No answer yet" in page


def test_an_answer_stands_beside_the_terms_it_was_given_to(
    submitted, units, lead_head, stranger, asked_head, signed_in
):
    reader = signed_in(stranger)
    assert "since this version" not in reader.get(_url(submitted)).text
    ask = asks.edit_ask(ask=submitted.asks.get(), values={"what": "One phone call"}, by=lead_head)
    asks.send_ask(ask=ask, by=lead_head)
    _answer(submitted, asked_head, "endorsed")
    numbers = submitted.versions.filter(kind="submission").values_list("number", flat=True)
    for url in (_url(submitted), reverse("proposal_version", args=[submitted.pk, numbers[0]])):
        page = reader.get(url).text
        assert "A later bus" not in page
        assert page.index("One phone call") < page.index("Endorsed")
        assert "Changed since this version" in page


def test_asks_sent_after_the_version_are_shown_as_such(in_revision, units, lead_head, stranger, signed_in):
    new = asks.add_ask(proposal=in_revision, unit=units["HRT"], values={"what": "Two hires"}, by=lead_head)
    assert "Two hires" not in signed_in(stranger).get(_url(in_revision)).text
    asks.send_ask(ask=new, by=lead_head)
    page = signed_in(stranger).get(_url(in_revision)).text
    assert "Two hires" in page
    assert "Asked since this version" in page
    asks.withdraw_ask(ask=new, by=lead_head)
    assert "Two hires" not in signed_in(stranger).get(_url(in_revision)).text


def test_what_is_missing_leads_to_where_it_is_mended(draft, lead_head, signed_in):
    page = signed_in(lead_head).get(_url(draft)).text
    assert "Add at least one cost line." in page
    assert reverse("proposal_costs", args=[draft.pk]) in page


def test_history_before_submission_is_the_sponsors_own(submitted, stranger, lead_head, signed_in):
    assert "started P-01" in signed_in(lead_head).get(_url(submitted)).text
    page = signed_in(stranger).get(_url(submitted)).text
    assert "started P-01" not in page
    assert "submitted P-01" in page


def test_private_entries_are_for_deciders(submitted, lead_head, cfo, signed_in):
    record("decide", submitted, "noted a pending decision", by=cfo, private=True)
    assert "pending decision" not in signed_in(lead_head).get(_url(submitted)).text
    assert "pending decision" in signed_in(cfo).get(_url(submitted)).text


def test_versions(submitted, lead_head, stranger, signed_in):
    numbers = {v.kind: v.number for v in submitted.versions.all()}
    url = reverse("proposal_version", args=[submitted.pk, numbers["submission"]])
    assert "Reading coaches" in signed_in(stranger).get(url).text
    url = reverse("proposal_version", args=[submitted.pk, numbers["sign_on"]])
    assert signed_in(stranger).get(url).status_code == 404
    assert signed_in(lead_head).get(url).status_code == 200
    assert url in signed_in(lead_head).get(_url(submitted)).text
    assert url not in signed_in(stranger).get(_url(submitted)).text


def test_money_and_sign_ons_stand_on_the_page(submitted, stranger, signed_in):
    page = signed_in(stranger).get(_url(submitted)).text
    assert page.count("$212,908") >= 2
    assert page.count("Signed on") == 2


def test_an_ask_that_was_not_sent_is_the_sponsors_own(in_revision, people, units, signed_in):
    sponsor, draft = people.lead_head, Proposal.objects.get()
    asks.add_ask(proposal=draft, unit=units["HRT"], values={"what": "Secret hiring"}, by=sponsor)
    invited = sponsors.invite_sponsor(proposal=draft, unit=units["RAA"], by=sponsor)
    for path in (f"/proposals/{draft.pk}/", f"/vetting/{draft.pk}/", "/", "/asks/", "/proposals/"):
        for person in (people.asked_deputy, people.hr_head, people.cfo):
            page = signed_in(person).get(path, follow=True).content.decode()
            assert "A-02" not in page and "Secret hiring" not in page, (path, person)
            assert f"invited {invited.unit}" not in page, (path, person)
    mine = signed_in(people.lead_deputy).get(f"/proposals/{draft.pk}/").content.decode()
    assert "noted A-02" in mine and f"invited {invited.unit}" in mine


def test_on_a_phone_what_is_waited_for_comes_before_the_history(submitted, stranger, signed_in):
    page = signed_in(stranger).get(_url(submitted)).text
    assert page.index("</main>") < page.index('class="rail"') < page.index('id="history"')
