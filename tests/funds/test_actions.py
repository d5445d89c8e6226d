"""Funds with envelopes, the chart of accounts, rates and the price list."""

from decimal import Decimal

import pytest

from activity.models import Entry
from activity.refused import Refused
from funds import actions, rules
from funds.models import AccountCode, FundSource
from funds.rates import rates_of

FUND = {
    "code": "SAR", "name": "State at-risk", "fund_type": "2 Special revenue", "rule": "At-risk students.",
    "allowed_functions": "1000; 2110-2120", "allowed_objects": "",
}  # fmt: skip
RATES = {
    "variable_benefits": Decimal("0.2265"), "health": Decimal(11400), "salary_growth": Decimal("0.03"),
    "health_growth": Decimal("0.06"), "other_growth": Decimal("0.025"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "may"), [("cfo", True), ("steward", True), ("superintendent", False), ("lead_head", False)]
)
def test_who_sets_up_money(people, who, may):
    assert rules.can_set_up_funds(getattr(people, who)) is may


def test_a_fund_comes_with_its_envelopes(people, units):
    fund = actions.add_fund(
        season="FY27", values=FUND | {"rule_owner": units["FIN"]}, by=people.cfo,
        envelopes={"FY27": 56_500_000, "FY28": None, "FY29": 0},
    )  # fmt: skip
    assert dict(fund.envelopes.values_list("year", "available_cents")) == {"FY27": 56_500_000, "FY29": 0}
    assert "FY27 now $565,000" in Entry.objects.about(fund).get().sentence


def test_an_envelope_changes_and_goes(funds, people):
    amounts = {"FY27": 5, "FY28": None}
    actions.change_fund(
        fund=funds["GF"], values={}, envelopes=amounts, by=people.cfo, reason="The levy failed."
    )
    there = dict(funds["GF"].envelopes.values_list("year", "available_cents"))
    assert there == {"FY27": 5, "FY29": 100_000_000}
    entry = Entry.objects.about(funds["GF"]).get()
    assert entry.details["envelopes"]["FY27"] == [100_000_000, 5]
    assert entry.is_integrity and entry.sentence.endswith(": The levy failed.")
    assert "FY27 now $0.05 after $1,000,000" in entry.sentence


def test_an_amount_that_stands_changes_with_a_reason_only(funds, people):
    with pytest.raises(Refused, match="Say why the amount of FY27 changes"):
        actions.change_fund(fund=funds["GF"], values={}, envelopes={"FY27": 5}, by=people.cfo, reason=" ")
    assert funds["GF"].envelopes.get(year="FY27").available_cents == 100_000_000


def test_a_first_amount_needs_no_reason(funds, people):
    actions.change_fund(fund=funds["GF"], values={}, envelopes={"FY30": 5}, by=people.cfo)
    assert not Entry.objects.about(funds["GF"]).get().is_integrity


def test_saving_an_unchanged_fund_leaves_no_entry(funds, people):
    actions.change_fund(fund=funds["GF"], values={"name": "General Fund"}, envelopes={}, by=people.cfo)
    assert not Entry.objects.about(funds["GF"]).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"code": "gf"}, "fund gf already"), ({"allowed_objects": "all of them"}, "no code")],
)
def test_what_keeps_a_fund_from_being_added(funds, people, units, change, words):
    with pytest.raises(Refused, match=words):
        actions.add_fund(
            season="FY27", values=FUND | {"rule_owner": units["FIN"]} | change, envelopes={}, by=people.cfo
        )


def test_others_do_not_touch_money(funds, people):
    with pytest.raises(Refused, match="Only the CFO"):
        actions.change_fund(fund=funds["GF"], values={}, envelopes={"FY27": 1}, by=people.lead_head)
    with pytest.raises(Refused, match="Only the CFO"):
        actions.remove_fund(fund=funds["GF"], by=people.superintendent)
    with pytest.raises(Refused, match="Only the CFO"):
        actions.set_rates(season="FY27", rates=RATES, by=people.lead_head)
    with pytest.raises(Refused, match="Only the CFO"):
        actions.load_usual_accounts(season="FY27", by=people.lead_head)


def test_a_fund_goes_unless_it_is_used(funds, people):
    actions.remove_fund(fund=funds["T1A"], by=people.cfo)
    assert list(FundSource.objects.all()) == [funds["GF"]]


def test_the_national_chart_is_loaded_once(people):
    number = actions.load_usual_accounts(season="FY27", by=people.cfo)
    assert number == AccountCode.objects.count() > 90
    assert AccountCode.objects.get(kind="function", code="2540").name.startswith("Planning")
    with pytest.raises(Refused, match="already"):
        actions.load_usual_accounts(season="FY27", by=people.cfo)


def test_codes_are_pasted_and_renamed(accounts, people):
    text = "0101\tFirst\n\n  1000\tInstruction of all\n2210 Improvement of instruction\n"
    assert actions.paste_accounts(season="FY27", kind="function", text=text, by=people.cfo) == (1, 1)
    assert AccountCode.objects.get(kind="function", code="0101").name == "First"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing to take"),
        ("1000", "Line 1"),
        ("1000\tA\n1000\tB", "stands twice"),
        (f"{'9' * 21}\tToo long", "at most 20"),
        ("\n".join(f"{n}\tX" for n in range(5001)), "at most 5,000"),
    ],
)
def test_what_cannot_be_pasted_is_said_by_line(people, text, words):
    with pytest.raises(Refused, match=words):
        actions.paste_accounts(season="FY27", kind="object", text=text, by=people.cfo)
    assert not AccountCode.objects.exists()


def test_a_code_in_use_stays(accounts, coach, people):
    with pytest.raises(Refused, match="in use"):
        actions.remove_account(account=accounts["110"], by=people.cfo)
    actions.remove_account(account=accounts["2700"], by=people.cfo)


def test_a_position_is_priced_by_the_rates(accounts, people):
    actions.set_rates(season="FY27", rates=RATES, by=people.cfo)
    values = {"code": "TCH", "name": "Teacher", "salary_cents": 6_850_000, "salary_object": accounts["110"]}
    post = actions.add_position(season="FY27", values=values, by=people.cfo)
    parts = (post.variable_benefits_cents, post.health_cents, post.full_cost_cents)
    assert parts == (1_551_500, 1_140_000, 9_541_500)
    actions.set_rates(season="FY27", rates={"variable_benefits": Decimal("0.25")}, by=people.cfo)
    post.refresh_from_db()
    assert post.variable_benefits_cents == 1_712_500
    assert post.full_cost_cents == 6_850_000 + 1_712_500 + 1_140_000
    actions.change_position(position=post, values={"salary_cents": 7_000_000}, by=people.cfo)
    post.refresh_from_db()
    assert post.full_cost_cents == 7_000_000 + 1_750_000 + 1_140_000


def test_a_price_needs_its_rates_and_its_own_code(accounts, people):
    values = {"code": "COACH", "name": "Coach", "salary_cents": 1, "salary_object": accounts["110"]}
    with pytest.raises(Refused, match="Rates"):
        actions.add_position(season="FY27", values=values, by=people.cfo)


def test_a_position_code_is_used_once(coach, accounts, people):
    values = {"code": "coach", "name": "Coach", "salary_cents": 1, "salary_object": accounts["110"]}
    with pytest.raises(Refused, match="already"):
        actions.add_position(season="FY27", values=values, by=people.cfo)
    actions.remove_position(position=coach, by=people.cfo)


@pytest.mark.parametrize(
    ("rates", "words"),
    [({"salary_growth": Decimal(3)}, "percentage"), ({"health": Decimal(-1)}, "negative")],
)
def test_rates_are_fractions(people, rates, words):
    with pytest.raises(Refused, match=words):
        actions.set_rates(season="FY27", rates=rates, by=people.cfo)


def test_the_same_rates_again_leave_no_entry(coach, people):
    before = Entry.objects.count()
    actions.set_rates(season="FY27", rates={"variable_benefits": Decimal("0.2265")}, by=people.cfo)
    assert Entry.objects.count() == before
    assert rates_of("FY27")["health"] == 11400
