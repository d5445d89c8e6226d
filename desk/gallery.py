"""Made-up rows for the gallery: every part of the pages in every state, without the database."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Row

from activity import clock
from reviews.arithmetic import spread_of

UNITS = [("SSS", "Student support"), ("TRN", "Transportation"), ("OSL", "School leadership")]
MONTHS = ["Aug", "Sep", "Oct", "Nov"]


def samples() -> dict:
    today = clock.today()
    return {
        "kinds": ["plain", "waiting", "agreed", "refused", "closed"],
        "days": [today - timedelta(3), today, today + timedelta(1), today + timedelta(12), None],
        "alone": _sponsors(1, 1), "joint": _sponsors(3, 3), "invited": _sponsors(2, 1),
        "ask": _ask(), "amounts": [245_000_000, 123_450, -50, 0, None],
        "shares": [(245_000_000, 300_000_000), (0, 300_000_000), (310_000_000, 300_000_000)],
        "filters": [("words", "text", "Words", ()), ("choice", "status", "Status", [("draft", "Draft")]),
                    ("yes", "mine", "My units only", ())],
        "measure": _measure(today.year), "counted": _counted(today.year),
        "dip": (date(today.year, 2, 1), date(today.year, 9, 1)),
        "spreads": [spread_of(values) for values in ([4, 4, 5, 5], [1, 3, 5], [2, 2], [5])],
        "months": MONTHS, "load": [("North High", [0, 10, 45, 80]), ("Elm Middle", [30, 60, 90, 120])],
        "units": [code for code, _ in UNITS], "together": _together(),
        "differences": [Row(what="Effort", before="40 hours a year", after="60 hours a year")],
        "stages": _stages(today), "tabs": _tabs(),
    }  # fmt: skip


def _tabs() -> list[Row]:
    parts = [("Here", "signs"), ("Tables", "tables"), ("Charts", "charts")]
    return [Row(label=label, url=f"#{part}", here=part == "signs") for label, part in parts]


def _sponsors(count: int, accepted: int) -> list[Row]:
    return [
        Row(unit=Row(code=code, name=name), is_lead=number == 0, accepted_at=number < accepted or None)
        for number, (code, name) in enumerate(UNITS[:count])
    ]


def _ask() -> Row:
    return Row(
        pk=1, unit="Transportation", what="A later bus for two schools", code="A-1", answer="endorsed",
        accepted_at=None, refused_at=None, proposal_code="P-01", proposal_title="Reading coaches",
    )  # fmt: skip


def _measure(year: int) -> Row:
    milestones = [Row(on=date(year + 1, 6, 30), value=Decimal(46))]
    return Row(
        name="Chronic absence", baseline=Decimal("50.0"), target=Decimal("42.0"),
        by_date=date(year + 2, 6, 30), milestones=Row(all=lambda: milestones),
    )  # fmt: skip


def _counted(year: int) -> list[Row]:
    values = [(date(year - 1, 6, 30), 50), (date(year, 3, 1), 53), (date(year, 6, 30), 48)]
    return [Row(on=day, value=Decimal(value)) for day, value in values]


def _together() -> list[tuple[str, list[int | None]]]:
    return [("SSS", [None, 4, 2]), ("TRN", [4, None, 0]), ("OSL", [2, 0, None])]


def _stages(today: date) -> list[Row]:
    named = [("Joint drafting", -30, "past"), ("Consultation and asks", 4, "now"), ("Vetting", 20, "")]
    return [Row(name=name, day=today + timedelta(days), when=when) for name, days, when in named]
