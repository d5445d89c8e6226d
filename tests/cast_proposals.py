"""Proposals of the cast in every state: `draft`, `joint_draft`, `submitted`, `in_revision`, `vetted`."""

from datetime import date
from types import SimpleNamespace

import pytest

from activity import clock
from proposals.actions.baton import freeze_version, pass_on
from proposals.models import Ask, AskTerms, CostLine, Proposal, Section, SignOn, Sponsorship

TEXTS = {
    "summary": "Coaches in two schools, with buses that fit.",
    "need": "41.2% of sixth graders read at grade level.",
    "strategy": "One coach in each school, every week.",
    "working_together": "TL coaches, SSS follows up with families, both meet every second Friday.",
}


@pytest.fixture
def draft(at_stage, goal, people, units) -> Proposal:
    """P-01 of TL alone, in the drafting stage: a title, a goal, no text, no cost."""
    at_stage("drafting")
    proposal = Proposal.objects.create(
        season=goal.season, code="P-01", title="Reading coaches", created_at=clock.now(),
        created_by=people.lead_head, contact=people.lead_head,
    )  # fmt: skip
    proposal.goals.add(goal)
    now = clock.now()
    Sponsorship.objects.create(
        proposal=proposal, unit=units["TL"], is_lead=True, contribution="Two coaches.",
        invited_at=now, invited_by=people.lead_head, accepted_at=now, accepted_by=people.lead_head,
    )  # fmt: skip
    return proposal


@pytest.fixture
def joint_draft(draft, people, units, funds, accounts, coach) -> Proposal:
    """The draft with SSS as second sponsor, its sections, one position line and an ask sent to TRN."""
    now = clock.now()
    Sponsorship.objects.create(
        proposal=draft, unit=units["SSS"], contribution="A counselor.",
        invited_at=now, invited_by=people.lead_head, accepted_at=now, accepted_by=people.partner_head,
    )  # fmt: skip
    Section.objects.bulk_create(Section(proposal=draft, kind=k, text=t) for k, t in TEXTS.items())
    CostLine.objects.create(
        proposal=draft, number=1, unit=units["TL"], description="Coaches", fund=funds["GF"],
        function=accounts["2210"], object=accounts["110"], benefits_object=accounts["210"],
        position=coach, fte=2, year1_cents=21_290_800, year2_cents=22_000_000, year3_cents=22_700_000,
    )  # fmt: skip
    terms = {"what": "A later bus for two schools", "effort": "40 hours a year", "effort_hours": 40,
             "effort_per": "year", "needed_by": date(2026, 8, 1)}  # fmt: skip
    ask = Ask.objects.create(proposal=draft, code="A-01", asked_unit=units["TRN"], created_at=now, **terms)
    AskTerms.objects.create(
        ask=ask, number=1, sponsors="TL; SSS", sent_at=now, sent_by=people.lead_head,
        answer_due_on=draft.season.answers_due_on, **ask.values(),
    )  # fmt: skip
    return draft


def signed_by(proposal: Proposal, people: SimpleNamespace) -> Proposal:
    """Both sponsors sign on to the proposal as it stands."""
    version = freeze_version(proposal=proposal, kind="sign_on", by=people.lead_head)
    signers = {"TL": people.lead_head, "SSS": people.partner_head}
    for sponsorship in proposal.sponsorships.standing():
        SignOn.objects.create(
            sponsorship=sponsorship, version=version, contribution=sponsorship.contribution,
            signed_at=clock.now(), signed_by=signers[sponsorship.unit.code],
        )  # fmt: skip
    return proposal


@pytest.fixture
def submitted(joint_draft, people) -> Proposal:
    """Signed on by both and submitted; the clock stands in drafting."""
    signed_by(joint_draft, people)
    freeze_version(proposal=joint_draft, kind="submission", by=people.lead_head)
    return pass_on(
        proposal=joint_draft, act="submit", by=people.lead_head, sentence="submitted P-01",
        submitted_at=clock.now(), submitted_by=people.lead_head,
    )  # fmt: skip


@pytest.fixture
def in_revision(submitted, at_stage, steward) -> Proposal:
    """Returned for revision; the clock stands in revision."""
    at_stage("revision")
    return pass_on(proposal=submitted, act="return", by=steward, sentence="returned P-01 for revision")


@pytest.fixture
def vetted(submitted, at_stage, steward) -> Proposal:
    """Cleared; the clock stands in the slate stage."""
    at_stage("slate")
    return pass_on(proposal=submitted, act="clear", by=steward, sentence="cleared P-01")
