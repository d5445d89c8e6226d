"""Who is awaited for what, in a fixed number of queries."""

from datetime import date

import pytest

from proposals.actions import asks, costs, drafting, intents, merging, offers, sponsors, submission
from proposals.inbox import awaited
from proposals.models import Proposal
from tests.cast_proposals import TEXTS, signed_by


def _keys(rows):
    return sorted((row.person_name, row.key.split(":")[0]) for row in rows)


@pytest.fixture
def invited(draft, units, lead_head):
    return sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head)


def test_invitations_and_submission(invited):
    assert _keys(awaited()) == [
        ("Dana Lead", "finish"), ("Lena Lead", "finish"), ("Paula Partner", "invitation"),
    ]  # fmt: skip
    row = next(row for row in awaited() if row.key.startswith("invitation"))
    assert (row.due_on, row.path) == (date(2025, 12, 12), f"/proposals/{invited.proposal_id}/sponsors/")
    assert row.sentence == "Answer for Student support: sponsor P-01 Reading coaches with others?"


def test_sign_ons_of_each_sponsor(joint_draft, lead_head):
    expected = [("Dana Lead", "sign_on"), ("Lena Lead", "sign_on"), ("Paula Partner", "sign_on")]
    assert [k for k in _keys(awaited()) if k[1] == "sign_on"] == expected
    row = joint_draft.sponsorships.get(unit__code="TL")
    submission.sign_on(sponsorship=row, contribution="Two coaches.", by=lead_head)
    assert [k for k in _keys(awaited()) if k[1] == "sign_on"] == expected[2:]


def test_the_lead_hands_in_what_is_whole_and_signed_by_all(joint_draft, people, lead_head):
    """Before, what lacks is awaited; nothing while the others have to sign on."""

    def of_lead():
        return [row.sentence for row in awaited([lead_head]) if row.key.split(":")[0] in ("submit", "finish")]

    signed_by(joint_draft, people)
    assert of_lead() == ["Submit P-01 Reading coaches"]
    drafting.edit_sections(proposal=joint_draft, texts={"summary": " ", "need": ""}, by=lead_head)
    assert of_lead() == ["Finish P-01 Reading coaches: 2 parts are missing"]
    drafting.edit_sections(proposal=joint_draft, texts=TEXTS, by=lead_head)
    row = joint_draft.sponsorships.get(unit__code="SSS")
    sponsors.edit_contribution(sponsorship=row, contribution="More.", by=people.partner_head)
    assert of_lead() == []


def test_a_changed_substance_is_another_thing_to_sign(joint_draft, partner_head):
    before = {row.key for row in awaited([partner_head])}
    row = joint_draft.sponsorships.get(unit__code="SSS")
    sponsors.edit_contribution(sponsorship=row, contribution="More.", by=partner_head)
    assert before.isdisjoint(row.key for row in awaited([partner_head]))


def test_unsent_asks_come_before_signing(joint_draft, lead_head, units):
    asks.edit_ask(ask=joint_draft.asks.get(), values={"what": "More"}, by=lead_head)
    assert _keys(awaited([lead_head])) == [("Lena Lead", "unsent")]


def test_unsent_asks_are_one_thing_for_each_proposal(joint_draft, lead_head, units):
    asks.add_ask(proposal=joint_draft, unit=units["HRT"], values={"what": "Hire"}, by=lead_head)
    row = next(row for row in awaited([lead_head]) if row.key.startswith("unsent"))
    assert row.sentence == "Send A-02 to Human resources, an ask of P-01 Reading coaches"
    for unit in ("FIN", "RAA"):
        asks.add_ask(proposal=joint_draft, unit=units[unit], values={"what": "Help"}, by=lead_head)
    rows = [row for row in awaited([lead_head]) if row.key.startswith("unsent")]
    assert [(row.key, row.sentence) for row in rows] == [
        (f"unsent:{joint_draft.pk}", "Send 3 asks of P-01 Reading coaches")
    ]


def test_nothing_to_sign_without_costs(joint_draft, lead_head):
    costs.remove_cost_line(line=joint_draft.cost_lines.get(), by=lead_head)
    (row,) = awaited([lead_head])
    assert row.sentence == "Finish P-01 Reading coaches: 1 part is missing"


def test_nobody_is_awaited_when_drafting_is_over(joint_draft, at_stage):
    at_stage("consultation")
    assert list(awaited()) == []


def test_in_revision_the_lead_resubmits_and_a_new_substance_is_signed(in_revision, partner_head):
    key = f"resubmit:{in_revision.pk}:2"
    assert {(row.key, row.sentence) for row in awaited()} == {(key, "Resubmit P-01 Reading coaches")}
    assert {row.path for row in awaited()} == {f"/proposals/{in_revision.pk}/submit/"}
    row = in_revision.sponsorships.get(unit__code="SSS")
    sponsors.edit_contribution(sponsorship=row, contribution="More.", by=partner_head)
    assert _keys(awaited([partner_head])) == [("Paula Partner", "sign_on")]
    assert {row.due_on for row in awaited()} == {date(2026, 2, 6)}


def test_others_are_not_awaited(joint_draft, stranger, superintendent, asked_head):
    assert list(awaited([stranger, superintendent, asked_head])) == []


def test_a_fixed_number_of_queries(joint_draft, lead_head, units, django_assert_num_queries):
    from proposals.actions.drafting import start_proposal

    list(awaited())  # the first one also asks SQLite whether it knows JSON
    with django_assert_num_queries(7):
        list(awaited())
    for title in ("Two", "Three"):
        other = start_proposal(season=joint_draft.season, unit=units["TL"], title=title, by=lead_head)
        line = joint_draft.cost_lines.get()
        line.pk, line.proposal = None, other
        line.save(force_insert=True)
    with django_assert_num_queries(7):
        assert len(list(awaited())) > 5


def test_offers_and_mergers_that_came_too_late_are_not_awaited(joint_draft, people, units, at_stage):
    by, season = people.hr_head, joint_draft.season
    intent = intents.post_intent(
        season=season, unit=units["TL"], title="Coach", idea="One.", by=people.lead_head
    )
    other = drafting.start_proposal(
        season=season, unit=units["TL"], title="Two", intent=intent, by=people.lead_head
    )
    offers.offer_to_join_intent(intent=intent, unit=units["HRT"], brings="People.", by=by)
    merging.propose_merger(
        kept=joint_draft, merged=other, mine=joint_draft, reason="The same.", by=people.lead_head
    )

    def kinds():
        return {kind for _, kind in _keys(awaited())} & {"offer", "merger"}

    assert kinds() == {"offer", "merger"}
    at_stage("consultation")
    assert kinds() == set()
    Proposal.objects.update(late_until=date(2025, 12, 31))
    assert kinds() == {"offer", "merger"}
