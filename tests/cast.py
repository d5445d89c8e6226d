"""The named cast that every test may ask for: district, units, people by role, season, money, goals.

Tests ask for a role (`lead_head`, `cfo`), for a thing (`season`, `units`, `funds`, `goal`), or for the
moment (`at_stage("consultation")`). Proposals in every state stand in `cast_proposals.py`.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from activity import clock
from funds.models import AccountCode, CostAssumption, Envelope, FundSource, PositionPrice
from goals.models import Agreement, Goal, Measure, Milestone, Principle, Problem, RootCause, Season, Stage
from people.models import District, Post, Unit, User
from reviews.models import Criterion, Rubric

Role = Post.Role

# Code, name, kind, parent.
UNITS = [
    ("SUP", "Superintendent's office", "division", None),
    ("ACA", "Academics", "division", "SUP"),
    ("OPS", "Operations", "division", "SUP"),
    ("TL", "Teaching and learning", "department", "ACA"),
    ("SSS", "Student support", "department", "ACA"),
    ("TRN", "Transportation", "department", "OPS"),
    ("HRT", "Human resources", "department", "OPS"),
    ("FIN", "Finance", "department", "SUP"),
    ("RAA", "Research", "department", "SUP"),
    ("BMS", "Brook Middle School", "school", "ACA"),
    ("EHS", "Elm High School", "school", "ACA"),
]

# Name of the fixture, name of the person, (unit, role) pairs.
PEOPLE = [
    ("superintendent", "Sofia Superintendent", [("SUP", Role.SUPERINTENDENT), ("SUP", Role.HEAD)]),
    ("cfo", "Frank Finance", [("FIN", Role.CFO), ("FIN", Role.HEAD)]),
    ("steward", "Stella Steward", [("SUP", Role.STEWARD)]),
    ("administrator", "Adam Administrator", [("SUP", Role.ADMINISTRATOR)]),
    ("cabinet_member", "Carol Cabinet", [("OPS", Role.CABINET), ("OPS", Role.HEAD)]),
    ("answerable", "Anna Academics", [("ACA", Role.CABINET), ("ACA", Role.HEAD)]),
    ("lead_head", "Lena Lead", [("TL", Role.HEAD)]),
    ("lead_deputy", "Dana Lead", [("TL", Role.DEPUTY)]),
    ("lead_contributor", "Cole Lead", [("TL", Role.CONTRIBUTOR)]),
    ("partner_head", "Paula Partner", [("SSS", Role.HEAD)]),
    ("asked_head", "Arno Asked", [("TRN", Role.HEAD)]),
    ("asked_deputy", "Dora Asked", [("TRN", Role.DEPUTY)]),
    ("hr_head", "Hugo Resources", [("HRT", Role.HEAD)]),
    ("stranger", "Stan Stranger", [("HRT", Role.CONTRIBUTOR)]),
    ("research", "Rita Research", [("RAA", Role.RESEARCH)]),
    ("principal", "Petra Principal", [("BMS", Role.PRINCIPAL), ("BMS", Role.HEAD)]),
    ("advisory", "Avi Advisory", [("SUP", Role.ADVISORY)]),
    ("auditor", "Aura Auditor", [("SUP", Role.AUDITOR)]),
]

STAGES = [
    ("setup", "2025-08-25", "2025-09-12"),
    ("goals", "2025-09-15", "2025-10-24"),
    ("intents", "2025-10-27", "2025-11-21"),
    ("drafting", "2025-11-24", "2025-12-12"),
    ("consultation", "2025-12-15", "2026-01-09"),
    ("vetting", "2026-01-12", "2026-01-23"),
    ("revision", "2026-01-26", "2026-02-06"),
    ("scoring", "2026-02-09", "2026-02-20"),
    ("slate", "2026-02-23", "2026-03-06"),
    ("decision", "2026-03-10", "2026-03-13"),
    ("closed", "2026-04-01", "2026-05-29"),
]


def _person_fixture(key: str):
    @pytest.fixture(name=key)
    def person(people: SimpleNamespace) -> User:
        return getattr(people, key)

    return person


for _key, _name, _posts in PEOPLE:
    globals()[f"_{_key}_fixture"] = _person_fixture(_key)


@pytest.fixture
def district(db) -> District:
    return District.objects.create(pk=1, name="Testville Public Schools", short_name="Testville")


@pytest.fixture
def units(district) -> dict[str, Unit]:
    """Units by code."""
    made: dict[str, Unit] = {}
    for code, name, kind, parent in UNITS:
        made[code] = Unit.objects.create(code=code, name=name, kind=kind, parent=made.get(parent or ""))
    for code, level, title_i in (("BMS", "middle", True), ("EHS", "high", False)):
        school = made[code]
        school.level, school.is_title_i, school.enrollment = level, title_i, 600
        school.save()
    return made


@pytest.fixture
def people(units) -> SimpleNamespace:
    """Everybody, by role; each is a fixture of its own too."""
    made = {}
    for key, name, posts in PEOPLE:
        email = f"{key.replace('_', '.')}@testville.example"
        made[key] = User.objects.create_user(email, name=name, unit=units[posts[0][0]])
        Post.objects.bulk_create(Post(person=made[key], unit=units[u], role=role) for u, role in posts)
    for codes, key in ((("ACA", "TL", "SSS"), "answerable"), (("OPS", "TRN", "HRT"), "cabinet_member")):
        Unit.objects.filter(code__in=codes).update(cabinet_member=made[key])
    for unit in units.values():
        unit.refresh_from_db()
    return SimpleNamespace(**made)


@pytest.fixture
def season(people) -> Season:
    """FY27, adopted, with one stage of every kind, principles and the rubric."""
    season = Season.objects.create(
        name="FY27",
        fiscal_year_starts=date(2026, 7, 1),
        fiscal_year_ends=date(2027, 6, 30),
        answers_due_on=date(2026, 1, 9),
        submission_due_on=date(2025, 12, 12),
        revision_due_on=date(2026, 2, 6),
        decision_meeting_on=date(2026, 3, 10),
        decisions_published_on=date(2026, 3, 13),
        adopted_at=datetime(2025, 9, 12, 15, tzinfo=UTC),
        adopted_by=people.superintendent,
    )
    for order, (kind, opens, closes) in enumerate(STAGES, 1):
        dates = {"opens": date.fromisoformat(opens), "closes": date.fromisoformat(closes)}
        Stage.objects.create(season=season, order=order, kind=kind, name=Stage.Kind(kind).label, **dates)
    for number, text in enumerate(("Students first", "Together", "Measured"), 1):
        Principle.objects.create(season=season, number=number, text=text)
    Agreement.objects.create(season=season, text="We read before we judge.")
    return season


@pytest.fixture
def rubric(season) -> Rubric:
    """Three criteria that add up to 100; the second is the gate of the joint preference."""
    rubric = Rubric.objects.create(season=season)
    anchors = {str(n): f"What a {n} looks like." for n in range(1, 6)}
    for order, (name, weight) in enumerate((("Impact", 50), ("Working together", 30), ("Cost", 20)), 1):
        Criterion.objects.create(
            rubric=rubric, order=order, name=name, weight=weight, anchors=anchors,
            question=f"How good is it in {name.lower()}?", is_gate=order == 2,
        )  # fmt: skip
    return rubric


@pytest.fixture
def funds(units) -> dict[str, FundSource]:
    """GF (unrestricted) and T1A (federal, with rules), each with envelopes for three years."""
    made = {
        "GF": FundSource.objects.create(
            season="FY27", code="GF", name="General Fund", fund_type="General",
            rule="Pays for anything lawful.", rule_owner=units["FIN"],
        ),
        "T1A": FundSource.objects.create(
            season="FY27", code="T1A", name="Title I, Part A", fund_type="Special revenue",
            pays_for="recurring", restriction="federal", rule="Title I schools only.",
            allowed_functions="1000-2199", title_i_only=True, supplement_only=True,
            rule_owner=units["FIN"],
        ),
    }  # fmt: skip
    for fund, dollars in ((made["GF"], 1_000_000), (made["T1A"], 200_000)):
        Envelope.objects.bulk_create(
            Envelope(fund=fund, year=year, available_cents=dollars * 100) for year in ("FY27", "FY28", "FY29")
        )
    return made


@pytest.fixture
def accounts(district) -> dict[str, AccountCode]:
    """Functions 1000, 2210 and 2700; objects 110, 210 and 610."""
    codes = [
        ("function", "1000", "Instruction"),
        ("function", "2210", "Improvement of instruction"),
        ("function", "2700", "Student transportation"),
        ("object", "110", "Salaries"),
        ("object", "210", "Benefits"),
        ("object", "610", "Supplies"),
    ]
    return {c: AccountCode.objects.create(season="FY27", kind=k, code=c, name=n) for k, c, n in codes}


@pytest.fixture
def coach(accounts) -> PositionPrice:
    """Instructional coach: $77,500 salary, $106,454 in all; with the rates of the season."""
    rates = [("Salary growth", "salary_growth", "0.03"), ("Health growth", "health_growth", "0.06")]
    rates += [("Other growth", "other_growth", "0.025"), ("Benefit rate", "variable_benefits", "0.2265")]
    for name, role, value in rates:
        CostAssumption.objects.create(
            season="FY27", name=name, role=role, value=Decimal(value), value_unit="rate"
        )
    CostAssumption.objects.create(
        season="FY27", name="Health", role="health", value=11400, value_unit="dollars_per_fte"
    )
    return PositionPrice.objects.create(
        season="FY27", code="COACH", name="Instructional coach", salary_cents=7_750_000,
        variable_benefits_cents=1_755_400, health_cents=1_140_000, full_cost_cents=10_645_400,
        salary_object=accounts["110"],
    )  # fmt: skip


@pytest.fixture
def goal(season, units) -> Goal:
    """G1, published, with a problem, an outcome and a driver measure, and one cause."""
    problem = Problem.objects.create(
        season=season, code="PB-1", title="Reading stalls in grade 6", description="Scores fall.",
        evidence="41.2% read at grade level.", owner=units["TL"],
    )  # fmt: skip
    goal = Goal.objects.create(
        season=season, code="G1", title="More students read at grade level", problem=problem,
        statement="From 41.2% to 47.2% by 2028.", owner=units["TL"], by_date=date(2028, 6, 30),
        published_on=date(2025, 10, 24),
    )  # fmt: skip
    for code, kind, baseline, target in (("M1", "outcome", "41.2", "47.2"), ("M2", "driver", "10", "40")):
        measure = Measure.objects.create(
            season=season, goal=goal, code=code, name=f"Measure {code}", kind=kind, unit_of_values="%",
            direction="higher", baseline=Decimal(baseline), baseline_period="2024-25",
            target_type="absolute", target=Decimal(target), by_date=date(2028, 6, 30),
            source="State test", frequency="yearly", collected_by=units["RAA"],
        )  # fmt: skip
        Milestone.objects.create(measure=measure, on=date(2027, 6, 30), value=Decimal(baseline) + 2)
    RootCause.objects.create(
        goal=goal, code="C1", description="Little coaching", category="Professional capacity"
    )
    return goal


@pytest.fixture
def travel() -> Iterator[Callable[[date], None]]:
    """`travel(day)` moves all clocks to 10:00 of that day, or to a moment; they run on from there."""
    journeys: list[time_machine.travel] = []

    def to(day: date) -> None:
        while journeys:
            journeys.pop().stop()
        at = day
        if not isinstance(day, datetime):
            at = timezone.make_aware(datetime(day.year, day.month, day.day, 10))  # noqa: DTZ001
        journeys.append(time_machine.travel(at, tick=True))
        journeys[-1].start()

    clock.forget()
    yield to
    while journeys:
        journeys.pop().stop()


@pytest.fixture
def at_stage(season, travel) -> Callable[..., Season]:
    """`at_stage("consultation")` travels to the second day of that stage; `day=-1` after its end."""

    def go(kind: str, day: int = 1) -> Season:
        stage = season.stages.get(kind=kind)
        travel(stage.opens + timedelta(day) if day >= 0 else stage.closes - timedelta(day))
        return season

    return go


@pytest.fixture
def signed_in(db) -> Callable[[User], Client]:
    """`signed_in(person)` gives a browser-like client of that person."""

    def client_of(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of
