"""A season costs one to three years: no amount stands in a year beyond, and no column without its year."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from funds.models import AccountCode, FundSource, PositionPrice
from goals.models import Season
from proposals import costbook
from proposals.actions import costs, importing, plan
from proposals.actions.copying import carry_forward
from proposals.models.content import content_of
from proposals.money import codes_of

POST = [21_290_800, 21_997_900, 22_730_400]
GROWN = [1_000_000, 1_025_000, 1_050_600]


@pytest.fixture(params=[1, 2, 3])
def years(request, season) -> int:
    season.years_costed = request.param
    season.save()
    return request.param


@pytest.fixture
def post(units, funds, accounts, coach):
    return {
        "unit": units["TL"], "description": "Coaches", "fund": funds["GF"], "function": accounts["2210"],
        "object": accounts["110"], "benefits_object": accounts["210"], "position": coach,
        "fte": Decimal(2), "is_recurring": True,
    }  # fmt: skip


@pytest.fixture
def stated(post, accounts):
    other = {"position": None, "fte": None, "benefits_object": None, "object": accounts["610"]}
    return {**post, **other, "description": "Books", "year1_cents": 1_000_000}


def within(amounts: list[int], years: int) -> list[int]:
    return amounts[:years] + [0] * (3 - years)


def test_a_line_costs_the_years_of_the_season(years, draft, post, stated, lead_head):
    line = costs.add_cost_line(proposal=draft, values=post, by=lead_head)
    assert line.years == within(POST, years)
    half = costs.change_cost_line(line=line, values={**post, "fte": Decimal(4)}, by=lead_head)
    assert [cents > 0 for cents in half.years] == [year < years for year in range(3)]
    books = costs.add_cost_line(proposal=draft, values=stated, by=lead_head)
    assert books.years == within(GROWN, years)
    said = {**stated, "year2_cents": 5, "year3_cents": 6}
    assert costs.change_cost_line(line=books, values=said, by=lead_head).years == within(
        [1_000_000, 5, 6], years
    )


def test_pages_ask_for_and_show_these_years_only(years, draft, post, season, lead_head, signed_in):
    costs.add_cost_line(proposal=draft, values=post, by=lead_head)
    plan.set_scale(proposal=draft, kind="full", values={"effect": "50 of 100."}, by=lead_head)
    lead = signed_in(lead_head)
    page = lead.get(reverse("proposal_costs", args=[draft.pk]))
    fields = [name for name in page.context["form"].fields if name.startswith("year")]
    assert fields == ["year1_cents", "year2_cents", "year3_cents"][:years]
    assert "Later year" not in page.text
    size = lead.get(reverse("scale_edit", args=[draft.pk, "bold"])).text
    assert [f"FY{n} in dollars" in size for n in (27, 28, 29)] == [n < years for n in range(3)]
    for name in ("proposal_costs", "proposal_plan", "proposal"):
        text = lead.get(reverse(name, args=[draft.pk])).text
        assert all(row.count('class="money"') == years for row in _rows(text)), name
    typed = {
        "description": "Vans", "unit": post["unit"].pk, "fund": post["fund"].pk, "is_recurring": "on",
        "function": post["function"].pk, "object": post["object"].pk, "year1_cents": "10,000", "once": "1",
    }  # fmt: skip
    assert lead.post(reverse("proposal_costs", args=[draft.pk]), typed).status_code == 302
    assert draft.cost_lines.get(description="Vans").years == within(GROWN, years)


def _rows(text: str) -> list[str]:
    return [row for row in text.split("<tr")[1:] if 'class="money"' in row and "Together" not in row]


def test_what_a_line_said_before_the_season_was_shortened_is_in_no_total(joint_draft, lead_head, signed_in):
    amounts = joint_draft.cost_lines.get().years
    for years in (3, 2, 1):
        Season.objects.filter(pk=joint_draft.season_id).update(years_costed=years)
        for name in ("proposal_costs", "proposal", "proposal_sign"):
            total = signed_in(lead_head).get(reverse(name, args=[joint_draft.pk])).context["total"]
            assert total.cents == amounts[:years] and total.total == sum(amounts[:years]), name


def test_money_that_ends_names_these_years_only(years, draft, post, funds, season, lead_head, signed_in):
    funds["GF"].ends_on = season.fiscal_year_ends
    funds["GF"].save()
    url, data = reverse("proposal_costs", args=[draft.pk]), {"look": "1", "fund": funds["GF"].pk}
    data |= {"position": post["position"].pk, "fte": "1", "is_recurring": "on", "once": "1"}
    page = signed_in(lead_head).post(url, data)
    later = {1: None, 2: "counts on it in FY28.", 3: "counts on it in FY28 and FY29."}[years]
    assert later in page.text if later else "counts on it in" not in page.text


def test_the_workbook_has_these_years_only(years, draft, post, stated, season, lead_head):
    for values in (post, stated):
        costs.add_cost_line(proposal=draft, values=values, by=lead_head)
    codes = codes_of(season.name, units=True)
    book = openpyxl.load_workbook(io.BytesIO(costbook.written(draft, codes)))
    sheet = book["Cost lines"]
    header = [cell.value for cell in sheet[1]]
    assert [name for name in header if "dollars" in name] == [
        f"{name} in dollars" for name in ("FY27", "FY28", "FY29")[:years]
    ]
    sheet.cell(row=2, column=header.index("FTE") + 1).value = 1
    sheet.cell(row=3, column=header.index("FY27 in dollars") + 1).value = 20_000
    file = io.BytesIO()
    book.save(file)
    read = costbook.read(file.getvalue(), draft)
    stands = costbook.plain_lines(draft)
    changes = importing.changes_to(draft, began=read.began, stands=stands, rows=read.rows)
    written = importing.import_costs(
        proposal=draft, began=read.began, rows=read.rows, codes=costbook.codes_by_name(codes),
        seen=importing.digest_of(changes), mine=(), by=lead_head,
    )  # fmt: skip
    assert (read.faults, written) == ([], (0, 2, 0))
    coaches, books = draft.cost_lines.all()
    assert coaches.years == within([10_645_400, 10_998_900, 11_365_200], years)
    assert books.years == within([2_000_000, 2_050_000, 2_101_300], years)


def test_what_is_carried_forward_costs_the_years_of_its_season(joint_draft, units, lead_head, stated):
    costs.add_cost_line(proposal=joint_draft, values=stated, by=lead_head)
    size = {"year1_cents": 1, "year2_cents": 2, "year3_cents": 3, "effect": "60 of 100."}
    plan.set_scale(proposal=joint_draft, kind="bold", values=size, by=lead_head)
    last = joint_draft.season
    season = Season.objects.get(pk=last.pk)
    season.pk, season.name, season.years_costed = None, "FY28", 1
    season.save()
    for row in (*FundSource.objects.all(), *AccountCode.objects.all(), *PositionPrice.objects.all()):
        row.pk, row.season = None, season.name
        row.save()
    copied, left = carry_forward(
        source=joint_draft, season=season, unit=units["TL"], title="Again", by=lead_head
    )
    assert left[-2:] == ["amounts of the second year", "amounts of the third year"]
    assert [line.years[1:] for line in copied.cost_lines.all()] == [[0, 0], [0, 0]]
    content = content_of(copied)
    assert content["scales"][0]["cents"] == [1, 0, 0]
