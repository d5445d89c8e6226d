"""Cost lines, hours of schools, and relations."""

import re
from datetime import date
from decimal import Decimal

import pytest

from activity.refused import Refused
from proposals.actions import costs, links, schools
from proposals.models import Proposal


@pytest.fixture
def values(units, funds, accounts, coach):
    return {
        "unit": units["TL"], "description": "Coaches", "fund": funds["GF"], "function": accounts["2210"],
        "object": accounts["110"], "benefits_object": accounts["210"], "position": coach,
        "fte": Decimal(2), "is_recurring": True,
    }  # fmt: skip


@pytest.fixture
def stated(values, accounts):
    other = {"position": None, "fte": None, "benefits_object": None, "object": accounts["610"]}
    return {**values, **other, "description": "Books", "year1_cents": 1_000_000}


def test_a_post_costs_what_price_and_fte_make(draft, values, lead_head):
    line = costs.add_cost_line(proposal=draft, values=values, by=lead_head)
    assert line.number == 1
    assert line.years == [21_290_800, 21_997_900, 22_730_400]


def test_amounts_typed_for_a_post_do_not_count(draft, values, lead_head):
    line = costs.add_cost_line(proposal=draft, values={**values, "year1_cents": 5}, by=lead_head)
    assert line.year1_cents == 21_290_800


def test_a_post_for_one_year(draft, values, lead_head):
    line = costs.add_cost_line(proposal=draft, values={**values, "is_recurring": False}, by=lead_head)
    assert line.years == [21_290_800, 0, 0]


def test_later_years_grow_unless_stated(draft, stated, lead_head):
    grown = costs.add_cost_line(proposal=draft, values=stated, by=lead_head)
    assert grown.years == [1_000_000, 1_025_000, 1_050_600]
    flat = costs.add_cost_line(
        proposal=draft, values={**stated, "year2_cents": 500, "year3_cents": 0}, by=lead_head
    )
    assert (flat.number, flat.years) == (2, [1_000_000, 500, 0])
    once = costs.add_cost_line(proposal=draft, values={**stated, "is_recurring": False}, by=lead_head)
    assert once.years == [1_000_000, 0, 0]


def test_what_a_line_needs(draft, values, stated, lead_head, stranger):
    with pytest.raises(Refused, match="needs its FTE"):
        costs.add_cost_line(proposal=draft, values={**values, "fte": None}, by=lead_head)
    with pytest.raises(Refused, match=re.escape(costs.FTE_ALONE)):
        costs.add_cost_line(proposal=draft, values={**stated, "fte": Decimal(2)}, by=lead_head)
    with pytest.raises(Refused, match="amount of the first year"):
        costs.add_cost_line(proposal=draft, values={**stated, "year1_cents": None}, by=lead_head)
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        costs.add_cost_line(proposal=draft, values=values, by=stranger)


def test_changing_the_fte_changes_the_amounts(draft, values, lead_head):
    line = costs.add_cost_line(proposal=draft, values=values, by=lead_head)
    line = costs.change_cost_line(line=line, values={**values, "fte": Decimal(1)}, by=lead_head)
    assert line.year1_cents == 10_645_400


def test_later_years_that_growth_made_follow_the_first(draft, stated, lead_head):
    line = costs.add_cost_line(proposal=draft, values={**stated, "year1_cents": 1_234_567}, by=lead_head)
    assert line.years == [1_234_567, 1_265_400, 1_297_100]
    line = costs.change_cost_line(
        line=line, values={**stated, **_shown(line), "year1_cents": 1_400_000}, by=lead_head
    )
    assert line.years == [1_400_000, 1_435_000, 1_470_900]
    line = costs.change_cost_line(
        line=line, values={**stated, **_shown(line), "year2_cents": 5}, by=lead_head
    )
    line = costs.change_cost_line(
        line=line, values={**stated, **_shown(line), "year1_cents": 1_000_000}, by=lead_head
    )
    assert line.years == [1_000_000, 5, 1_050_600]
    line = costs.change_cost_line(
        line=line, values={**stated, **_shown(line), "year1_cents": 7, "is_recurring": False}, by=lead_head
    )
    assert line.years == [7, 5, 1_050_600]  # what was shown and does not return any more is the person's word


def test_later_years_do_not_follow_what_others_made_of_the_first(draft, stated, lead_head, lead_deputy):
    line = costs.add_cost_line(proposal=draft, values=stated, by=lead_head)
    began = _shown(line)
    costs.change_cost_line(line=line, values={**stated, **began, "year1_cents": 2_000_000}, by=lead_deputy)
    mine = {**stated, **began, "note": "Of May"}
    line = costs.change_cost_line(line=line, values=mine, by=lead_head, began={**began, "note": ""})
    assert (line.note, line.years) == ("Of May", [2_000_000, 2_050_000, 2_101_300])


def _shown(line) -> dict:
    return dict(zip(line.YEARS, line.years, strict=True))


def test_two_people_on_one_line(draft, stated, lead_head, lead_deputy):
    line = costs.add_cost_line(proposal=draft, values=stated, by=lead_head)
    began = {"description": "Books", "year1_cents": 1_000_000, "note": ""}
    mine = {**stated, "description": "Readers", "year2_cents": 1_025_000, "year3_cents": 1_050_600}
    costs.change_cost_line(line=line, values=mine, began=began, by=lead_head)
    hers = {**mine, "description": "Books", "note": "Prices of May"}
    line = costs.change_cost_line(line=line, values=hers, began=began, by=lead_deputy)
    assert (line.description, line.note) == ("Readers", "Prices of May")
    with pytest.raises(Refused, match="what is bought"):
        costs.change_cost_line(line=line, values={**mine, "description": "Maps"}, began=began, by=lead_deputy)


def test_removing_a_line_once(draft, values, lead_head, submitted):
    with pytest.raises(Refused, match="is submitted"):
        costs.remove_cost_line(line=submitted.cost_lines.get(), by=lead_head)


def test_a_removed_line_is_said_so(draft, values, lead_head):
    line = costs.add_cost_line(proposal=draft, values=values, by=lead_head)
    costs.remove_cost_line(line=line, by=lead_head)
    for act in (
        lambda: costs.remove_cost_line(line=line, by=lead_head),
        lambda: costs.change_cost_line(line=line, values=values, by=lead_head),
    ):
        with pytest.raises(Refused, match="Somebody removed this line"):
            act()


def test_hours_for_several_schools_and_months(draft, units, lead_head):
    some = [units["BMS"], units["EHS"]]
    months = [date(2026, 9, 1), date(2026, 10, 15)]
    act = {"proposal": draft, "schools": some, "months": months, "activity": "meeting", "by": lead_head}
    assert schools.set_demands(**act, hours=5) == 4
    schools.set_demands(**act, hours=7)
    assert [d.hours for d in draft.demands.all()] == [7] * 4
    schools.set_demands(**(act | {"schools": some[:1]}), hours=0)
    assert {d.school for d in draft.demands.all()} == {units["EHS"]}
    with pytest.raises(Refused, match="at least one school"):
        schools.set_demands(**(act | {"schools": []}), hours=1)


@pytest.fixture
def three(draft, lead_head, units):
    made = [draft]
    for n in (2, 3):
        row = Proposal.objects.create(
            season=draft.season, code=f"P-0{n}", title=f"Other {n}", created_at=draft.created_at
        )
        row.sponsorships.create(
            unit=units["TL"], is_lead=True, accepted_at=draft.created_at, accepted_by=lead_head
        )
        made.append(row)
    return made


def test_dependencies_have_no_circle(three, lead_head):
    a, b, c = three
    links.add_link(source=a, kind="depends_on", target=b, by=lead_head)
    links.add_link(source=b, kind="depends_on", target=c, by=lead_head)
    with pytest.raises(Refused, match="P-01 depends on P-03 already, directly or through others"):
        links.add_link(source=c, kind="depends_on", target=a, by=lead_head)
    links.add_link(source=c, kind="supports", target=a, by=lead_head)


def test_links_once_and_between_two(three, lead_head, stranger):
    a, b, _ = three
    link = links.add_link(source=a, kind="overlaps", target=b, by=lead_head)
    with pytest.raises(Refused, match="noted already"):
        links.add_link(source=a, kind="overlaps", target=b, by=lead_head)
    with pytest.raises(Refused, match="itself"):
        links.add_link(source=a, kind="overlaps", target=a, by=lead_head)
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        links.remove_link(link=link, by=stranger)
    links.remove_link(link=link, by=lead_head)
    with pytest.raises(Refused, match="Somebody removed"):
        links.remove_link(link=link, by=lead_head)
