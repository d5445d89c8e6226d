"""What an import writes: all or nothing, once, for any district's workbook."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from desk.figures import figures
from desk.season_import.importing import Refusal, import_season, preview
from goals.models import Goal, Season
from investments.models import Investment
from people.models import Unit
from proposals.models import Proposal
from tests.desk.conftest import houses
from tests.desk.small_district import build, save

pytestmark = pytest.mark.django_db


def test_another_workbook_for_a_season_that_stands_is_refused(tmp_path):
    import_season(preview(save(build(), tmp_path / "one.xlsx")))
    sheets = build()
    sheets["Goals"][0]["Title"] = "Another"
    with pytest.raises(Refusal, match="never writes over"):
        import_season(preview(save(sheets, tmp_path / "two.xlsx")))
    assert Goal.objects.get().title == "Better"


def test_a_season_begun_by_hand_and_still_empty_is_filled(tmp_path):
    Season.objects.create(
        name="FY28", fiscal_year_starts=date(2027, 7, 1), fiscal_year_ends=date(2028, 6, 30)
    )
    season = import_season(preview(save(build(), tmp_path / "one.xlsx")))
    assert season.fiscal_year_starts == date(2027, 9, 1)


def test_checking_writes_nothing(tmp_path, capsys):
    before = houses()
    call_command("import_season", str(save(build(), tmp_path / "season.xlsx")), check=True)
    assert "no faults" in capsys.readouterr().out
    assert houses() == before


def test_one_fault_and_nothing_is_written(tmp_path, capsys):
    sheets = build()
    sheets["Ratings"][0]["Rating"] = 9
    path = str(save(sheets, tmp_path / "season.xlsx"))
    before = houses()
    with pytest.raises(CommandError, match="fault"):
        call_command("import_season", path, check=True)
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_season", path)
    assert "Ratings!D2: found “9”. Allowed: a rating from 1 to 4." in capsys.readouterr().err
    assert houses() == before


def test_a_failure_midway_leaves_nothing(tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("investments.imports.write_events", fail)
    before = houses()
    with pytest.raises(RuntimeError):
        import_season(preview(save(build(), tmp_path / "season.xlsx")))
    assert houses() == before


def test_all_but_the_named_rows(tmp_path, capsys):
    sheets = build()
    sheets["Proposals"][1]["Evidence tier"] = "7 hearsay"
    call_command("import_season", str(save(sheets, tmp_path / "season.xlsx")), skip_faulty=True)
    assert list(Proposal.objects.values_list("code", flat=True)) == ["A1"]
    assert "Proposals!" in capsys.readouterr().err


def test_a_proposal_that_says_no_tier_of_evidence_is_taken_as_it_is(tmp_path):
    sheets = build()
    sheets["Proposals"][1]["Evidence tier"] = None
    import_season(preview(save(sheets, tmp_path / "season.xlsx")))
    assert list(Proposal.objects.order_by("code").values_list("evidence_tier", flat=True)) == ["3", ""]


def test_another_district_gives_its_own_figures(tmp_path):
    season = import_season(preview(save(build(), tmp_path / "season.xlsx")))
    found = figures(season)
    assert found["years"] == ["FY28", "FY29", "FY30"]
    first, second = found["proposals"]["A1"], found["proposals"]["A2"]
    assert (first["score"], first["preference"], first["ranking"]) == (82.5, 3.0, 85.5)
    assert (second["score"], second["preference"], second["asks"]["open"]) == (50.0, 0.0, 1)
    assert (first["decision"], first["decided"], second["decision"]) == (
        "Approved, reduced",
        160_000,
        "Not funded",
    )
    assert found["funds"]["100"] == {
        "available": 300_000, "requested": 160_000, "slate": 160_000, "left": 140_000,
        "slate FY29": 163_680, "slate FY30": 167_458,
    }  # fmt: skip
    assert found["total"] == {
        "FY28": 210_000,
        "FY29": 204_680,
        "FY30": 209_458,
        "fte": 2.0,
        "three years": 624_138,
    }
    assert Investment.objects.get().code == "I-28-01"
    assert Investment.objects.get().ends_on == date(2029, 8, 31)
    assert Unit.objects.get(code="0101").parent.kind == "cluster"


def test_only_the_needed_sheets(tmp_path):
    sheets = build()
    for name in ("Principles", "Stages", "Problems", "Root causes", "Account codes", "Positions",
                 "Cost assumptions", "Asks", "School demands", "Links", "Rubric", "Ratings", "Feedback",
                 "Decisions", "Decision lines", "Commitments"):  # fmt: skip
        del sheets[name]
    found = preview(save(sheets, tmp_path / "season.xlsx"))
    assert found.faults == []
    import_season(found)
    assert Goal.objects.get().problem.code == "B1"
    assert set(Proposal.objects.values_list("status", flat=True)) == {"submitted"}


def test_fewer_years_than_three(tmp_path):
    sheets = build()
    sheets["District"][6]["Value"] = 1
    for row in sheets["Cost lines"] + sheets["Decision lines"]:
        del row["FY29"], row["FY30"]
    season = import_season(preview(save(sheets, tmp_path / "season.xlsx")))
    assert figures(season)["total"]["three years"] == 210_000
