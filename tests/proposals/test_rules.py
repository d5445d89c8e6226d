"""Truth tables: who may do what with a proposal, and which doors open."""

import pytest
from django.http import Http404

from proposals import rules
from proposals.actions import sponsors

ROLES = (
    "lead_head", "lead_deputy", "lead_contributor", "partner_head", "asked_head", "stranger",
    "superintendent", "cfo", "steward", "administrator", "auditor", "principal", "research",
)  # fmt: skip
SPONSORS = {"lead_head", "lead_deputy", "lead_contributor", "partner_head"}
OF_LEAD = {"lead_head", "lead_deputy"}


def _who(people, allowed) -> set[str]:
    return {role for role in ROLES if allowed(getattr(people, role))}


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (rules.can_edit, SPONSORS),
        (rules.can_ask, SPONSORS),
        (rules.is_sponsor, SPONSORS),
        (rules.can_lead, OF_LEAD),
        (rules.can_submit, OF_LEAD),
        (rules.can_withdraw, OF_LEAD),
    ],
)
def test_rights_on_a_proposal(rule, who, joint_draft, people):
    assert _who(people, lambda person: rule(person, joint_draft)) == who


def test_nobody_withdraws_what_is_decided(vetted, people):
    vetted.status = "held"
    assert _who(people, lambda person: rules.can_withdraw(person, vetted)) == set()


def test_who_signs_for_whom(joint_draft, people):
    rows = {s.unit.code: s for s in joint_draft.standing_sponsorships}
    assert _who(people, lambda person: rules.can_sign_on(person, rows["TL"])) == OF_LEAD
    assert _who(people, lambda person: rules.can_sign_on(person, rows["SSS"])) == {"partner_head"}


def test_who_starts(people, units):
    may = {"lead_head", "lead_deputy", "lead_contributor", "partner_head", "asked_head", "stranger",
           "superintendent", "cfo", "principal"}  # fmt: skip
    assert _who(people, rules.can_start_proposal) == may
    assert _who(people, rules.can_post_intent) == may
    of_tl = {"lead_head", "lead_deputy", "lead_contributor"}
    assert _who(people, lambda person: rules.can_start_proposal(person, units["TL"].pk)) == of_tl


def test_only_the_steward_opens_late(people):
    assert _who(people, rules.can_open_late) == {"steward"}


def test_an_invited_unit_reads_and_answers_but_does_not_edit(draft, units, people):
    row = sponsors.invite_sponsor(proposal=draft, unit=units["TRN"], by=people.lead_head)
    head = people.asked_head
    assert rules.proposal_for(head, draft.pk) == draft
    assert rules.is_sponsor(head, draft)
    assert not rules.can_edit(head, draft)
    assert not rules.can_sign_on(head, row)
    assert rules.can_answer_invitation(head, row)
    assert not rules.can_answer_invitation(people.lead_head, row)
    sponsors.decline_invitation(sponsorship=row, by=head)
    with pytest.raises(Http404):
        rules.proposal_for(head, draft.pk)


@pytest.mark.parametrize("role", ROLES)
def test_doors(role, joint_draft, people):
    person, pk = getattr(people, role), joint_draft.pk
    doors = [
        lambda: rules.proposal_for(person, pk),
        lambda: rules.editable_proposal_for(person, pk),
        lambda: rules.sponsorship_for(person, joint_draft.sponsorships.first().pk),
        lambda: rules.draft_ask_for(person, joint_draft.asks.get().pk),
    ]
    for door in doors:
        if role in SPONSORS:
            assert door()
        else:
            with pytest.raises(Http404):
                door()


def test_doors_of_what_circulates(submitted, stranger, lead_head):
    assert rules.proposal_for(stranger, submitted.pk) == submitted
    with pytest.raises(Http404):
        rules.editable_proposal_for(stranger, submitted.pk)
    numbers = {v.kind: v.number for v in submitted.versions.all()}
    assert rules.version_for(stranger, submitted.pk, numbers["submission"]).kind == "submission"
    assert rules.version_for(lead_head, submitted.pk, numbers["sign_on"]).kind == "sign_on"
    with pytest.raises(Http404):
        rules.version_for(stranger, submitted.pk, numbers["sign_on"])


def test_windows(in_revision, at_stage):
    assert rules.blockers_to_edit(in_revision) == []
    at_stage("scoring")
    closed = "Revision closed on Fri 6 Feb. Ask the process steward to open P-01 late."
    assert rules.blockers_to_edit(in_revision) == [closed]
    in_revision.late_until = in_revision.season.stages.get(kind="scoring").closes
    assert rules.blockers_to_edit(in_revision) == []


def test_a_season_without_stages_lets_people_write(draft):
    draft.season.stages.all().delete()
    draft.season.__dict__.pop("_all_stages", None)
    assert rules.blockers_to_edit(draft) == []
    assert rules.blockers_by_date(draft) == [
        "The season has no drafting stage yet. Ask the process steward to set its dates."
    ]
