"""Made-up rows for the gallery: every part of the pages in every state, without the database."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace as Row

from django.core.paginator import Page, Paginator

from activity import clock
from proposals.arithmetic.comparing import Difference
from proposals.arithmetic.words import paragraphs
from proposals.reading import Load
from reviews.arithmetic import spread_of

UNITS = [("SSS", "Student support"), ("TRN", "Transportation"), ("OSL", "School leadership")]
MONTHS = ["Aug", "Sep", "Oct", "Nov"]
MONEY = [(245_000_000, 300_000_000), (0, 300_000_000), (310_000_050, 300_000_000)]
NEED = (
    "Sixth graders who read below grade level fall further behind each year, and nobody owns the hand-off. "
    "Schools help as they can, each in a way of its own, and parents hear of it late."
)


def samples() -> dict:
    today = clock.today()
    return {
        "kinds": ["plain", "waiting", "agreed", "refused", "closed"], "tabs": _tabs(),
        "days": _days(today), "seasons": [_stages(today, days) for days in (60, 0, -90)],
        "alone": _sponsors(1, 1), "joint": _sponsors(3, 3), "invited": _sponsors(2, 1),
        "asks": _asks(today), "amounts": [245_000_000, 123_450, -50, 0, None],
        "reasons": ["Every sponsor signs on.", "Send the ask to Transportation."],
        "filters": [("words", "text", "Words", ()), ("choice", "status", "Status", [("draft", "Draft")]),
                    ("yes", "mine", "My units only", ())],
        "tables": _tables(), "sum": sum(cents for cents, _whole in MONEY),
        "differences": _differences(), "threads": _threads(today),
        "measure": _measure(today.year), "counted": _counted(today.year),
        "dip": (date(today.year, 2, 1), date(today.year, 9, 1)),
        "spreads": [spread_of(values) for values in ([4, 4, 5, 5], [1, 3, 5], [2, 2], [5])],
        "months": MONTHS, "load": _load(),
        "units": [_unit(code) for code, _ in UNITS], "together": _together(),
    }  # fmt: skip


def _tabs() -> list[Row]:
    parts = [("Here", "signs"), ("Tables", "tables"), ("Charts", "charts")]
    return [Row(label=label, url=f"#{part}", here=part == "signs") for label, part in parts]


def _days(today: date) -> list[tuple[str, date | None]]:
    named = [("late", -3), ("today", 0), ("tomorrow", 1), ("soon", 5), ("far", 90)]
    return [(words, today + timedelta(days)) for words, days in named] + [("without a date", None)]


def _stages(today: date, shift: int) -> list[Row]:
    """Three stages, seen from before, inside or after them."""
    found = []
    for name, opens, closes in (("Joint drafting", -30, -1), ("Consultation", 0, 9), ("Vetting", 10, 30)):
        stage = Row(
            name=name, opens=today + timedelta(opens + shift), closes=today + timedelta(closes + shift)
        )
        when = "past" if stage.closes < today else "now" if stage.opens <= today else ""
        found.append(Row(stage=stage, when=when))
    return found


def _unit(code: str) -> Row:
    return Row(code=code, name=dict(UNITS)[code])


def _sponsors(count: int, accepted: int) -> list[Row]:
    return [
        Row(unit=_unit(code), is_lead=number == 0, accepted_at=number < accepted or None)
        for number, (code, _name) in enumerate(UNITS[:count])
    ]


def _asks(today: date) -> list[Row]:
    answers = [("", None), ("endorsed", None), ("conditional", None), ("conditional", today)]
    answers += [("declined", None), ("not_affected", None)]
    return [
        Row(pk=number, unit="Transportation", what="A later bus for two schools", code=f"A-{number}",
            answer=answer, accepted_at=accepted, refused_at=None, proposal_code="P-01",
            proposal_title="Reading coaches")
        for number, (answer, accepted) in enumerate(answers, start=1)
    ]  # fmt: skip


def _heads(by: str) -> list[dict]:
    columns = [("code", "Fund", "ascending"), ("cents", "FY27", "descending")]
    return [
        {"column": column, "label": label, "next": column, "sorted": way if column == by else "none"}
        for column, label, way in columns
    ]


def _tables() -> list[tuple[str, list[dict], Page]]:
    """By name and by amount, the middle of many pages, and one without rows."""
    one, many, none = Paginator(MONEY, 50), Paginator(MONEY * 3, 3), Paginator([], 50)
    return [
        ("by name", _heads("code"), one.page(1)), ("by amount", _heads("cents"), many.page(1)),
        ("in the middle", _heads("cents"), many.page(2)), ("without rows", _heads(""), none.page(1)),
    ]  # fmt: skip


def _differences() -> list[Difference]:
    return [
        Difference("Effort", "40 hours a year", "60 hours a year"),
        Difference("If the answer is no", "", "One school less"),
        Difference("Need", f"{NEED} It costs.", f"{NEED.replace('sixth', 'seventh')} It costs each of us."),
    ]


def _threads(today: date) -> list[Row]:
    ended = Row(get_kind_display="Accepted", decided_by="Renee Castellano", decided_at=today, word="Yes.")
    reply = Row(written_by="Renee Castellano", unit=_unit("SSS"), written_at=today, text="Ours, from May.")
    rewording = {"is_suggestion": True, "text": "", "became": "accepted", "newest": ended, "version_id": 1}
    return [
        _thread(1, today, "Open", "waiting", text="Whose figures are these?", replies=[reply]),
        _thread(2, today, "Accepted", "agreed", **rewording),
        _thread(3, today, "Resolved", "closed", text="Is this for all grades?", stands=False),
    ]


def _thread(pk: int, today: date, label: str, kind: str, *, replies=(), stands=True, **said) -> Row:
    usual = {"is_suggestion": False, "became": "", "version_id": None, "quote": NEED}
    comment = Row(pk=pk, written_by="Carla Stone", unit=_unit("OSL"), written_at=today, **usual | said)
    wording = paragraphs(NEED, NEED.replace("nobody owns", "two departments share"))
    return Row(comment=comment, label=label, kind=kind, replies=replies, passage_stands=stands,
               is_open=kind != "agreed", wording=wording)  # fmt: skip


def _measure(year: int) -> Row:
    milestones = [Row(on=date(year + 1, 6, 30), value=Decimal(46))]
    return Row(
        name="Chronic absence", baseline=Decimal("50.0"), target=Decimal("42.0"),
        by_date=date(year + 2, 6, 30), milestones=Row(all=lambda: milestones),
    )  # fmt: skip


def _counted(year: int) -> list[Row]:
    values = [(date(year - 1, 6, 30), 50), (date(year, 3, 1), 53), (date(year, 6, 30), 48)]
    return [Row(on=day, value=Decimal(value)) for day, value in values]


def _load() -> list[tuple[str, list[Load]]]:
    """Within a limit, over it, and without one."""
    asked = [
        ("North High", [0, 10, 45, 80], 90),
        ("Elm Middle", [30, 60, 90, 120], 90),
        ("Oak Primary", [0, 20, 0, 40], None),
    ]
    return [(school, [Load(n, n, limit) for n in hours]) for school, hours, limit in asked]


def _together() -> list[tuple[Row, list[int | None]]]:
    return [(_unit("SSS"), [None, 4, 2]), (_unit("TRN"), [4, None, 0]), (_unit("OSL"), [2, 0, None])]
