"""Proposals of the cast in every state, made by the verbs that people use.

`draft`, `joint_draft`, `submitted`, `in_revision`, `vetted`.
"""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from proposals.actions import asks, costs, drafting, sponsors, submission
from proposals.actions.baton import pass_on
from proposals.models import Proposal

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
    tl, by = units["TL"], people.lead_head
    proposal = drafting.start_proposal(season=goal.season, unit=tl, title="Reading coaches", by=by)
    drafting.edit_details(proposal=proposal, values={"goals": [goal]}, by=by)
    sponsors.edit_contribution(sponsorship=proposal.sponsorships.get(), contribution="Two coaches.", by=by)
    proposal.refresh_from_db()
    return proposal


@pytest.fixture
def joint_draft(draft, people, units, funds, accounts, coach) -> Proposal:
    """The draft with SSS as second sponsor, its sections, one position line and an ask sent to TRN."""
    by = people.lead_head
    invited = sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=by)
    sponsors.accept_invitation(sponsorship=invited, contribution="A counselor.", by=people.partner_head)
    drafting.edit_sections(proposal=draft, texts=TEXTS, by=by)
    line = {
        "unit": units["TL"], "description": "Coaches", "fund": funds["GF"], "function": accounts["2210"],
        "object": accounts["110"], "benefits_object": accounts["210"], "position": coach,
        "fte": Decimal(2), "is_recurring": True,
    }  # fmt: skip
    costs.add_cost_line(proposal=draft, values=line, by=by)
    terms = {
        "what": "A later bus for two schools", "effort": "40 hours a year", "effort_hours": 40,
        "effort_per": "year", "needed_by": date(2026, 8, 1),
    }  # fmt: skip
    ask = asks.add_ask(proposal=draft, unit=units["TRN"], values=terms, by=by)
    asks.send_ask(ask=ask, by=by)
    draft.refresh_from_db()
    return draft


def signed_by(proposal: Proposal, people: SimpleNamespace) -> Proposal:
    """Both sponsors sign on to the proposal as it stands."""
    signers = {"TL": people.lead_head, "SSS": people.partner_head}
    for row in proposal.sponsorships.standing().select_related("unit"):
        by = signers[row.unit.code]
        submission.sign_on(sponsorship=row, contribution=row.contribution, by=by)
    return proposal


@pytest.fixture
def submitted(joint_draft, people) -> Proposal:
    """Signed on by both and submitted; the clock stands in drafting."""
    signed_by(joint_draft, people)
    return submission.submit(proposal=joint_draft, by=people.lead_head)


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
