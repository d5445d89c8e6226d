"""Proposals that a slate may list, and slates in each state."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from activity import clock
from proposals.actions.baton import freeze_version, pass_on
from proposals.models import CostLine, Proposal, Sponsorship
from slates.actions import decisions, items, keys, scenario
from slates.actions.decisions import Choice
from slates.models import Slate


@pytest.fixture
def make_vetted(vetted, people, units, funds, accounts) -> Callable[..., Proposal]:
    """`make_vetted("P-02", lead="SSS", lines=[("GF", 100_00, 0, 0)])`: a proposal that was cleared."""

    def make(
        code: str, lead: str = "SSS", lines=(("GF", 1_000_000, 0, 0),), goals=True, **columns
    ) -> Proposal:
        now = clock.now()
        proposal = Proposal.objects.create(
            season=vetted.season, code=code, title=f"Title of {code}", created_at=now,
            created_by=people.partner_head, contact=people.partner_head, **columns,
        )  # fmt: skip
        if goals:
            proposal.goals.set(vetted.goals.all())
        Sponsorship.objects.create(
            proposal=proposal, unit=units[lead], is_lead=True, contribution="Work.", invited_at=now,
            invited_by=people.partner_head, accepted_at=now, accepted_by=people.partner_head,
        )  # fmt: skip
        for number, (fund, *years) in enumerate(lines, 1):
            CostLine.objects.create(
                proposal=proposal, number=number, unit=units[lead], description=f"Thing {number}",
                fund=funds[fund], function=accounts["1000"], object=accounts["610"],
                year1_cents=years[0], year2_cents=years[1], year3_cents=years[2],
            )  # fmt: skip
        freeze_version(proposal=proposal, kind="submission", by=people.partner_head)
        proposal = pass_on(
            proposal=proposal, act="submit", by=people.partner_head, sentence="submitted",
            submitted_at=now, submitted_by=people.partner_head,
        )  # fmt: skip
        return pass_on(proposal=proposal, act="clear", by=people.steward, sentence="cleared")

    return make


@pytest.fixture
def slate(vetted, cfo) -> Slate:
    """An empty scenario beside one vetted proposal, P-01."""
    return scenario.create_slate(season=vetted.season, name="Base", by=cfo)


@pytest.fixture
def decided(slate, vetted, make_vetted, cfo) -> SimpleNamespace:
    """P-01 on the slate and funded, P-02 off it and deferred: ready to freeze."""
    other = make_vetted("P-02")
    item = items.add_item(slate=slate, proposal=vetted, by=cfo)
    choices = [
        Choice(vetted.pk, "funded", "Strong joint work."),
        Choice(other.pk, "deferred", "Not this year."),
    ]
    decisions.decide(slate=slate, choices=choices, by=cfo)
    return SimpleNamespace(slate=slate, funded=vetted, deferred=other, item=item)


@pytest.fixture
def frozen(decided, cfo) -> SimpleNamespace:
    decided.slate = keys.freeze(slate=decided.slate, by=cfo)
    return decided


@pytest.fixture
def approved(frozen, cfo, superintendent) -> SimpleNamespace:
    fingerprint = frozen.slate.fingerprint
    keys.concur(slate=frozen.slate, fingerprint=fingerprint, by=superintendent)
    frozen.slate = keys.approve(slate=frozen.slate, fingerprint=fingerprint, by=cfo)
    return frozen
