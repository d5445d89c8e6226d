"""What the checks find, with exact amounts."""

from datetime import date

import pytest

from goals.models import Goal
from people.models import Unit
from proposals.actions.baton import pass_on
from proposals.models import CostLine, ProposalLink
from reviews.actions import answers
from reviews.models import Endorsement
from slates.actions import decisions, items
from slates.actions.decisions import Choice
from slates.findings import findings_of
from slates.sheet import Sheet

pytestmark = pytest.mark.django_db


def found(slate) -> dict:
    return {finding.key: finding for finding in findings_of(Sheet(slate))}


@pytest.fixture
def on(slate, make_vetted, cfo):
    """`on("P-02", lines=…)`: a vetted proposal, put on the slate."""

    def put(code: str, **columns):
        proposal = make_vetted(code, **columns)
        items.add_item(slate=slate, proposal=proposal, by=cfo)
        return proposal

    return put


def test_envelopes_in_each_year(slate, on):
    on("P-02", lines=[("T1A", 200_000_00, 200_000_01, 250_000_00)])
    findings = found(slate)
    assert "envelope:T1A:FY27" not in findings
    assert findings["envelope:T1A:FY28"].amount == 1
    third = findings["envelope:T1A:FY29"]
    assert (third.amount, third.blocking) == (50_000_00, True)
    assert third.sentence == (
        "Title I, Part A (T1A) is over its envelope in FY29 by $50,000: "
        "$250,000 on the slate, $200,000 available."
    )


def test_an_envelope_that_is_not_stated(slate, on, funds):
    funds["GF"].envelopes.filter(year="FY28").delete()
    on("P-02", lines=[("GF", 0, 5_00, 0)])
    assert found(slate)["envelope:GF:FY28"].sentence.endswith("for FY28; the slate puts $5 on it.")


def test_functions_objects_and_supplanting(slate, on, funds, accounts):
    funds["T1A"].allowed_objects = "110-299"
    funds["T1A"].save()
    proposal = on("P-02", lines=[("T1A", 1_000_00, 500_00, 0)])
    CostLine.objects.filter(proposal=proposal).update(function=accounts["2700"], required_anyway=True)
    findings = found(slate)
    assert findings["function:T1A:P-02:1"].sentence == (
        "P-02 line 1, Thing 1, puts $1,500 on T1A: Title I, Part A pays functions 1000-2199, not 2700."
    )
    assert "pays objects 110-299, not 610" in findings["object:T1A:P-02:1"].sentence
    assert "must be paid anyway" in findings["supplant:T1A:P-02:1"].sentence
    assert {f.amount for k, f in findings.items() if k.endswith("P-02:1")} == {1_500_00}


def test_one_time_money_under_recurring_cost(slate, on, funds):
    funds["GF"].pays_for = "one_time"
    funds["GF"].save()
    proposal = on("P-02", lines=[("GF", 1_000_00, 0, 0), ("GF", 2_000_00, 0, 0)])
    proposal.cost_lines.filter(number=2).update(is_recurring=False)
    keys = [key for key in found(slate) if key.startswith("one-time")]
    assert keys == ["one-time:GF:P-02:1"]


def test_title_i_money_in_other_schools(slate, on):
    proposal = on("P-02", lines=[("T1A", 1_000_00, 0, 0)])
    assert "title-i:T1A:P-02" not in found(slate)
    proposal.schools.set(Unit.objects.filter(code__in=["BMS", "EHS"]))
    mixed = found(slate)["title-i:T1A:P-02"]
    assert "names EHS, which is not one, too" in mixed.sentence and not mixed.blocking
    proposal.schools.set(Unit.objects.filter(code="EHS"))
    assert found(slate)["title-i:T1A:P-02"].blocking


def test_money_that_ends(slate, on, funds):
    funds["T1A"].ends_on = date(2027, 6, 30)
    funds["T1A"].save()
    on("P-02", lines=[("T1A", 1_000_00, 2_000_00, 3_000_00)])
    ends = found(slate)["ends:T1A"]
    assert ends.sentence.endswith("The slate counts on $2,000 in FY28 and $3,000 in FY29.")
    assert (ends.amount, ends.blocking) == (5_000_00, False)


def test_links(slate, on, make_vetted, cfo):
    first, second = on("P-02"), make_vetted("P-03")
    ProposalLink.objects.create(source=first, kind="depends_on", target=second)
    conflict = ProposalLink.objects.create(source=first, kind="conflicts", target=second)
    assert found(slate)["depends_on:P-02:P-03"].blocking
    items.add_item(slate=slate, proposal=second, by=cfo)
    assert "depends_on:P-02:P-03" not in found(slate)
    assert (
        found(slate)["conflicts:P-02:P-03"].sentence == "P-02 and P-03 conflict, and both are on this slate."
    )
    conflict.settled_on = date(2026, 2, 1)
    conflict.save()
    assert "conflicts:P-02:P-03" not in found(slate)


def test_goals_left_out(slate, vetted, goal, cfo):
    assert found(slate)["goal:G1"].sentence.startswith("Nothing on this slate serves goal G1")
    Goal.objects.filter(pk=goal.pk).update(published_on=None)
    assert "goal:G1" not in found(slate)
    Goal.objects.filter(pk=goal.pk).update(published_on=date(2025, 10, 24))
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    assert "goal:G1" not in found(slate)


def test_silence_is_named_as_silence(slate, vetted, cfo):
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    silence = found(slate)["silence:P-01"]
    assert silence.sentence == "One ask of P-01 without an answer (A-01 to TRN). Silence is not support."
    assert not silence.blocking


def decline(proposal, by) -> None:
    terms = proposal.asks.get().current_terms
    Endorsement.objects.create(
        terms=terms, answer="declined", reason="No drivers.", answered_at=terms.sent_at, answered_by=by
    )


def test_a_decline_needs_the_reason_in_the_decision(slate, vetted, cfo, asked_head):
    decline(vetted, asked_head)
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    finding = found(slate)["decline:P-01:A-01"]
    assert finding.stands_in_the_way and not finding.may_be_overridden
    choice = Choice(vetted.pk, "funded", "Strong.", override_reason="Buses come in January.")
    decisions.decide(slate=slate, choices=[choice], by=cfo)
    finding = found(slate)["decline:P-01:A-01"]
    assert not finding.stands_in_the_way and "Buses come in January." in finding.sentence


def test_more_than_requested_after_the_request_was_lowered(slate, vetted, cfo):
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    vetted.cost_lines.update(year1_cents=21_290_700)
    finding = found(slate)["request:P-01:1"]
    assert (finding.amount, finding.blocking, finding.may_be_overridden) == (100, True, False)


def test_what_was_sent_back_is_named(slate, on, steward):
    pass_on(proposal=on("P-02"), act="withdraw", by=steward, sentence="withdrew it")
    assert (
        found(slate)["gone:P-02"].sentence == "P-02 is withdrawn and cannot be bought. Take it off the slate."
    )


def test_what_stands_in_the_way_comes_first(slate, on, vetted, cfo):
    on("P-02", lines=[("T1A", 200_001_00, 0, 0)], goals=False)
    order = [finding.stands_in_the_way for finding in findings_of(Sheet(slate))]
    assert order == sorted(order, reverse=True) and order[0]


@pytest.fixture
def condition(slate, vetted, cfo, asked_head):
    """TRN's condition on A-01 of P-01, which is on the slate; nobody settled it yet."""
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    return answers.answer_ask(
        ask=vetted.asks.get(), terms_id=vetted.asks.get().current_terms.pk, latest_number=0,
        answer="conditional", reason="We can.", condition="Only if paid.", by=asked_head,
    ).condition  # fmt: skip


def test_an_open_condition_is_no_endorsement_yet(slate, condition):
    finding = found(slate)["unsettled-condition:P-01:A-01"]
    assert finding.sentence == (
        "The sponsors have not settled the condition that Transportation set on ask A-01 of P-01. "
        "It is no endorsement until they accept it."
    )
    assert not finding.blocking and "silence:P-01" not in found(slate)


def test_a_refused_condition_is_no_endorsement(slate, condition, lead_head):
    answers.refuse_condition(condition=condition, reason="No.", by=lead_head)
    finding = found(slate)["refused-condition:P-01:A-01"]
    assert finding.sentence.endswith("A refused condition is no endorsement.")
    assert "unsettled-condition:P-01:A-01" not in found(slate)


def test_an_accepted_condition_is_no_finding(slate, condition, lead_head):
    answers.accept_condition(condition=condition, by=lead_head)
    assert not [key for key in found(slate) if "condition" in key]


def test_an_override_covers_no_more_than_was_let_pass(slate, on, cfo):
    on("P-02", lines=[("T1A", 200_001_00, 0, 0)])
    decisions.override_finding(slate=slate, key="envelope:T1A:FY27", reason="One dollar.", by=cfo)
    assert not found(slate)["envelope:T1A:FY27"].stands_in_the_way
    assert slate.overrides.get().amount_cents == 1_00
    on("P-03", lines=[("T1A", 1, 0, 0)])
    grown = found(slate)["envelope:T1A:FY27"]
    assert grown.stands_in_the_way and grown.amount == 1_01
    decisions.override_finding(slate=slate, key="envelope:T1A:FY27", reason="A cent more.", by=cfo)
    assert not found(slate)["envelope:T1A:FY27"].stands_in_the_way
