"""Deciding: outcomes that fit the slate, reasons, and what is refused."""

import pytest

from activity.models import Entry
from activity.refused import Refused
from slates.actions import decisions, items
from slates.actions.decisions import Choice
from slates.models import Decision, Override

pytestmark = pytest.mark.django_db


def decide(slate, proposal, outcome, by, reason="Because.", **more):
    return decisions.decide(slate=slate, choices=[Choice(proposal.pk, outcome, reason, **more)], by=by)


def test_decide_writes_version_reason_and_person(slate, make_vetted, cfo):
    proposal = make_vetted("P-02")
    assert decide(slate, proposal, "not_funded", cfo) == 1
    decision = Decision.objects.get()
    assert decision.version == proposal.versions.get()
    assert (decision.reason, decision.published_at) == ("Because.", None)
    assert list(decision.decided_by.all()) == [cfo]
    entry = Entry.objects.get(verb="decide")
    assert entry.is_private and entry.details == {"outcomes": {"P-02": "not_funded"}}


def test_the_same_again_changes_nothing(slate, make_vetted, cfo, superintendent):
    proposal = make_vetted("P-02")
    decide(slate, proposal, "deferred", cfo)
    assert decide(slate, proposal, "deferred", superintendent) == 0
    assert decide(slate, proposal, "not_funded", superintendent) == 1
    assert list(Decision.objects.get().decided_by.all()) == [superintendent]


@pytest.mark.parametrize("outcome", Decision.FUNDING)
def test_funded_needs_money_on_the_slate(slate, vetted, cfo, outcome):
    with pytest.raises(Refused, match="P-01: It is not on this slate"):
        decide(slate, vetted, outcome, cfo)


@pytest.mark.parametrize("outcome", ["deferred", "not_funded"])
def test_what_is_on_the_slate_is_funded(decided, cfo, outcome):
    with pytest.raises(Refused, match="P-01: It is on this slate"):
        decide(decided.slate, decided.funded, outcome, cfo)


def test_in_part_is_less_than_requested(decided, cfo):
    with pytest.raises(Refused, match="All that was requested is on the slate"):
        decide(decided.slate, decided.funded, "funded_in_part", cfo)
    line = decided.funded.cost_lines.get()
    items.change_item(item=decided.item, keep={line.pk: items.Keep(fte=1, basis="one of two")}, by=cfo)
    with pytest.raises(Refused, match="Less than requested is on the slate"):
        decide(decided.slate, decided.funded, "funded", cfo)
    assert decide(decided.slate, decided.funded, "funded_with_conditions", cfo)
    assert decide(decided.slate, decided.funded, "funded_in_part", cfo)


@pytest.mark.parametrize(
    ("outcome", "reason", "sentence"),
    [("deferred", "  ", "Every decision has a reason"), ("maybe", "x", "Choose an outcome")],
)
def test_refusals_name_the_proposal(slate, vetted, cfo, outcome, reason, sentence):
    with pytest.raises(Refused, match=f"P-01: {sentence}"):
        decide(slate, vetted, outcome, cfo, reason=reason)


def test_all_or_none_of_a_page(slate, vetted, make_vetted, cfo):
    good = make_vetted("P-02")
    choices = [Choice(good.pk, "deferred", "Later."), Choice(vetted.pk, "funded", "Yes.")]
    with pytest.raises(Refused):
        decisions.decide(slate=slate, choices=choices, by=cfo)
    assert not Decision.objects.exists()


def test_the_rest_gets_one_reason(decided, make_vetted, cfo):
    make_vetted("P-03")
    make_vetted("P-04")
    count = decisions.decide_rest(slate=decided.slate, outcome="not_funded", reason="No money left.", by=cfo)
    assert count == 2
    assert dict(Decision.objects.values_list("version__proposal__code", "outcome")) == {
        "P-01": "funded", "P-02": "deferred", "P-03": "not_funded", "P-04": "not_funded",
    }  # fmt: skip


def test_principles_and_review_year(slate, make_vetted, season, cfo):
    first, second, third = season.principles.all()
    proposal = make_vetted("P-02")
    chosen = {"served": (first.number, second.number), "strained": (third.number,)}
    decide(slate, proposal, "deferred", cfo, **chosen, review_year=2028)
    decision = Decision.objects.get()
    assert decision.served == [first.number, second.number]
    assert decision.strained == [third.number]
    assert decision.review_year == 2028


def test_only_deciders_decide(slate, vetted, steward):
    with pytest.raises(Refused, match="Only the superintendent and the CFO decide"):
        decide(slate, vetted, "deferred", steward)


def test_overrides_are_the_cfos_and_need_a_finding_and_a_reason(slate, make_vetted, cfo, superintendent):
    items.add_item(slate=slate, proposal=make_vetted("P-02", lines=[("T1A", 200_001_00, 0, 0)]), by=cfo)
    say = {"slate": slate, "key": "envelope:T1A:FY27", "reason": "Carry-over comes.", "by": cfo}
    for change, sentence in (
        ({"by": superintendent}, "Only the CFO"),
        ({"key": "envelope:GF:FY27"}, "cannot be let pass"),
        ({"key": "goal:G1"}, "cannot be let pass"),
        ({"reason": " "}, "Say why"),
    ):
        with pytest.raises(Refused, match=sentence):
            decisions.override_finding(**{**say, **change})
    decisions.override_finding(**say)
    assert Override.objects.get().reason == "Carry-over comes."
    decisions.take_back_override(slate=slate, key=say["key"], by=cfo)
    assert not Override.objects.exists()
