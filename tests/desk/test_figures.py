"""The published figures of the demo season follow from its workbook, to the dollar and one decimal."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Q, Sum
from django.test.utils import CaptureQueriesContext

from desk.figures import figures
from goals.models import RootCause, Season
from people.models import Unit
from proposals.models import Proposal, SchoolDemand

pytestmark = pytest.mark.django_db

EXPECTED = json.loads((Path(__file__).parent / "larkmoor_fy27.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(larkmoor) -> dict:
    return figures(larkmoor)


@pytest.mark.parametrize("code", sorted(EXPECTED["proposals"]))
def test_figures_of_a_proposal(found, code):
    expected = EXPECTED["proposals"][code]
    row = found["proposals"][code]
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize("part", ["funds", "units", "total", "slate"])
def test_figures_of_funds_units_and_totals(found, part):
    assert found[part] == EXPECTED[part]


def test_what_was_merged_counts_once(larkmoor, found):
    """An imported season may keep the lines of a merged proposal beside those of the one it went into."""
    Proposal.objects.filter(season=larkmoor, code="P-02").update(status="merged")
    merged, now = found["proposals"]["P-02"], figures(larkmoor)
    assert "P-02" not in now["proposals"]
    assert now["total"]["FY27"] == found["total"]["FY27"] - merged["FY27"]
    for part in ("funds", "units"):
        asked = sum(row["requested"] for row in now[part].values())
        assert asked == sum(row["requested"] for row in found[part].values()) - merged["FY27"]


def test_sums_of_funds(found):
    funds = found["funds"].values()
    for name, total in (("available", 6_875_000), ("slate", 6_296_456), ("left", 578_544)):
        assert sum(fund[name] for fund in funds) == total


def test_asks_by_answer(found):
    counts = Counter()
    for row in found["proposals"].values():
        counts.update(row["asks"])
    assert dict(counts) == EXPECTED["asks"]


def test_the_object_has_the_promised_keys(found):
    assert (found["season"], found["years"]) == ("FY27", ["FY27", "FY28", "FY29"])
    assert found["proposals"]["P-01"]["lead"] == "SSS"
    assert found["proposals"]["P-01"]["co_sponsors"] == ["SPED", "OSL"]
    assert found["proposals"]["P-10"]["decided"] is None


def test_hours_asked_of_schools_and_coverage_of_causes(larkmoor):
    hours = SchoolDemand.objects.values_list("proposal__code").annotate(total=Sum("hours"))
    assert dict(hours.order_by("proposal__code")) == EXPECTED["hours"]
    causes = RootCause.objects.filter(status="confirmed").prefetch_related("proposals")
    assert {c.code: sorted(p.code for p in c.proposals.all()) for c in causes} == EXPECTED["coverage"]


def test_coaching_and_training_days_in_october(larkmoor):
    days = (
        SchoolDemand.objects.filter(Q(activity="coaching_day") | Q(activity="training_day"))
        .values_list("school__code", "month")
        .annotate(total=Sum("days"))
        .order_by()
    )
    october = {code: total for code, month, total in days if (month.year, month.month) == (2026, 10)}
    crowded = ["E01", "E03", "E05", "E09", "E10", "E11", "E13", "E15"]
    assert {code: october[code] for code in crowded} == dict.fromkeys(crowded, 7)
    assert max(total for _code, month, total in days if month.month != 10) <= 8
    assert Unit.objects.schools().aggregate(n=Sum("enrollment"))["n"] == 21_400


def test_what_was_merged_counts_where_it_went(larkmoor):
    Proposal.objects.filter(season=larkmoor, code="P-17").update(status="merged")
    assert "P-17" not in figures(larkmoor)["proposals"]


def test_the_number_of_queries_is_fixed(larkmoor):
    with CaptureQueriesContext(connection) as queries:
        figures(Season.objects.get(name="FY27"))
    assert len(queries) <= 16


def test_the_command_prints_json_and_a_table(larkmoor, capsys):
    call_command("season_figures", "FY27", "--json")
    assert json.loads(capsys.readouterr().out)["slate"]["total"] == 6_296_456
    call_command("season_figures", "FY27")
    assert "6,296,456" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Known are: FY27"):
        call_command("season_figures", "FY99")
