"""The district around the proposals: units, people, season, goals, money."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from activity import clock
from funds.models import AccountCode, CostAssumption, Envelope, FundSource, PositionPrice
from goals.models import Agreement, Goal, Measure, Principle, Problem, RootCause, Season, Stage
from people.models import District, Post, Unit, User
from reviews.models import Criterion, Rubric

from .tiers import Tier

Role = Post.Role
NO_PASSWORD = "!"  # noqa: S105  (Django's mark of an unusable one)
FUNDS = [
    ("GF", "General Fund", "either"), ("T1A", "Title I, Part A", "recurring"),
    ("T2A", "Title II, Part A", "recurring"), ("IDEA", "IDEA Part B", "recurring"),
    ("BAL", "One-time balance", "one_time"), ("LEVY", "Technology levy", "either"),
]  # fmt: skip
FUNCTIONS = ["1000", "1200", "2110", "2130", "2210", "2220", "2310", "2400", "2600", "2700"]
OBJECTS = ["110", "120", "210", "220", "310", "430", "580", "610", "640", "730"]
CRITERIA = [
    ("Goal impact", 25), ("Evidence", 15), ("Working together", 20),
    ("Feasibility", 15), ("Cost", 15), ("Equity", 10),
]  # fmt: skip
# Kind and length in days; scoring is open today.
CALENDAR = [
    ("setup", 14), ("goals", 35), ("intents", 28), ("drafting", 28), ("consultation", 28),
    ("vetting", 14), ("revision", 14), ("scoring", 14), ("slate", 14), ("decision", 7), ("closed", 60),
]  # fmt: skip


@dataclass
class Frame:
    """What proposals are hung into."""

    random: Random
    departments: list[Unit] = field(default_factory=list)
    schools: list[Unit] = field(default_factory=list)
    head_of: dict[int, User] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    season: Season | None = None
    goals: list[Goal] = field(default_factory=list)
    causes: list[RootCause] = field(default_factory=list)
    funds: list[FundSource] = field(default_factory=list)
    functions: list[AccountCode] = field(default_factory=list)
    objects: list[AccountCode] = field(default_factory=list)
    positions: list[PositionPrice] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)


def make_district(tier: Tier) -> Frame:
    """District, units and people."""
    frame = Frame(Random(tier.proposals))  # noqa: S311  (the same district on every run)
    District.objects.create(pk=1, name="Synthetic Public Schools", short_name="Synthetic")
    top = Unit.objects.create(code="SUP", name="Superintendent's office", kind="division")
    divisions = Unit.objects.bulk_create(
        Unit(code=f"V{n:02d}", name=f"Division {n}", kind="division", parent=top)
        for n in range(1, max(tier.departments // 10, 2) + 1)
    )
    frame.departments = Unit.objects.bulk_create(
        Unit(code=f"D{n:03d}", name=f"Unit {n}", kind="department", parent=divisions[n % len(divisions)])
        for n in range(1, tier.departments + 1)
    )
    levels = ("elementary", "elementary", "middle", "high")
    frame.schools = Unit.objects.bulk_create(
        (
            Unit(
                code=f"S{n:04d}",
                name=f"School {n}",
                kind="school",
                parent=divisions[0],
                level=levels[n % 4],
                enrollment=300 + n % 900,
                is_title_i=n % 2 == 0,
            )
            for n in range(1, tier.schools + 1)
        ),
        batch_size=500,
    )
    _make_people(frame, tier, top, divisions)
    return frame


def _make_people(frame: Frame, tier: Tier, top: Unit, divisions: list[Unit]) -> None:
    people = User.objects.bulk_create(
        (
            User(email=f"person.{n}@synthetic.example", name=f"Person {n}", password=NO_PASSWORD, unit=top)
            for n in range(1, tier.people + 1)
        ),
        batch_size=500,
    )
    offices = [("superintendent", Role.SUPERINTENDENT), ("cfo", Role.CFO), ("steward", Role.STEWARD)]
    posts = []
    for person, (name, role) in zip(people, offices, strict=False):
        frame.people[name] = person
        posts.append(Post(person=person, unit=top, role=role))
    others = people[len(offices) :]
    seats = [(unit, Role.CABINET) for unit in divisions]
    seats += [(unit, Role.HEAD) for unit in (*divisions, *frame.departments, *frame.schools)]
    seats += [(unit, Role.DEPUTY) for unit in frame.departments]
    seats += [(unit, Role.CONTRIBUTOR) for unit in frame.departments for _ in range(5)]
    seats = seats + seats[: max(len(others) - len(seats), 0)]
    held = set()
    for number, (unit, role) in enumerate(seats):
        person = others[number % len(others)]
        if (person.pk, unit.pk, role) in held:
            continue
        held.add((person.pk, unit.pk, role))
        posts.append(Post(person=person, unit=unit, role=role))
        if role == Role.HEAD:
            frame.head_of[unit.pk] = person
        if person.unit_id == top.pk:
            person.unit = unit
    Post.objects.bulk_create(posts, batch_size=500)
    User.objects.bulk_update(others, ["unit"], batch_size=200)


def make_season(frame: Frame, name: str, ends: date) -> None:
    """Season with its stages around today, rules, goals and money."""
    starts = ends.replace(year=ends.year - 1) + timedelta(1)
    today, superintendent = clock.today(), frame.people["superintendent"]
    frame.season = season = Season.objects.create(
        name=name, fiscal_year_starts=starts, fiscal_year_ends=ends, adopted_at=clock.now(),
        adopted_by=superintendent, answers_due_on=today - timedelta(42),
        submission_due_on=today - timedelta(70), revision_due_on=today - timedelta(7),
        decision_meeting_on=today + timedelta(25), decisions_published_on=today + timedelta(28),
    )  # fmt: skip
    opens = today - timedelta(sum(days for _, days in CALENDAR[:7]) + 7)
    for order, (kind, days) in enumerate(CALENDAR, 1):
        closes = opens + timedelta(days - 1)
        label = Stage.Kind(kind).label
        Stage.objects.create(season=season, order=order, name=label, kind=kind, opens=opens, closes=closes)
        opens = closes + timedelta(1)
    Principle.objects.bulk_create(
        Principle(season=season, number=n, text=f"Principle {n}") for n in range(1, 6)
    )
    Agreement.objects.create(season=season, text="We read before we judge.")
    rubric = Rubric.objects.create(season=season)
    anchors = {str(n): f"What a {n} looks like." for n in range(1, 6)}
    frame.criteria = Criterion.objects.bulk_create(
        Criterion(
            rubric=rubric,
            order=n,
            name=title,
            weight=weight,
            question=f"How is {title.lower()}?",
            anchors=anchors,
            is_gate=n == 3,
        )
        for n, (title, weight) in enumerate(CRITERIA, 1)
    )
    _make_goals(frame, ends)
    _make_money(frame, season)


def _make_goals(frame: Frame, ends: date) -> None:
    season, units = frame.season, frame.departments
    problems = Problem.objects.bulk_create(
        Problem(season=season, code=f"PB-{n}", title=f"Problem {n}", description="What it is.",
                evidence="What is known.", owner=units[n % len(units)])
        for n in range(1, 7)
    )  # fmt: skip
    frame.goals = Goal.objects.bulk_create(
        Goal(season=season, code=f"G{n}", title=f"Goal {n}", statement="From 40 to 50 by the end.",
             problem=problem, owner=problem.owner, by_date=ends, published_on=clock.today())
        for n, problem in enumerate(problems, 1)
    )  # fmt: skip
    Measure.objects.bulk_create(
        Measure(season=season, goal=goal, code=f"M{n}{k}", name=f"Measure {n}{k}", kind=kind,
                unit_of_values="%", direction="higher", baseline=40, baseline_period="last year",
                target_type="absolute", target=50, by_date=ends, source="State test", frequency="yearly")
        for n, goal in enumerate(frame.goals, 1)
        for k, kind in (("a", "outcome"), ("b", "driver"))
    )  # fmt: skip
    frame.causes = RootCause.objects.bulk_create(
        RootCause(goal=goal, code=f"C{n}{k}", description=f"Cause {n}{k}", category="Professional capacity")
        for n, goal in enumerate(frame.goals, 1)
        for k in range(1, 5)
    )


def _make_money(frame: Frame, season: Season) -> None:
    owner = frame.departments[0]
    frame.funds = FundSource.objects.bulk_create(
        FundSource(season=season.name, code=code, name=title, fund_type="General", pays_for=pays_for,
                   rule="Pays for what the season chooses.", rule_owner=owner)
        for code, title, pays_for in FUNDS
    )  # fmt: skip
    Envelope.objects.bulk_create(
        Envelope(fund=fund, year=year, available_cents=500_000_000)
        for fund in frame.funds
        for year in season.years
    )
    kinds = (("function", FUNCTIONS), ("object", OBJECTS))
    codes = AccountCode.objects.bulk_create(
        AccountCode(season=season.name, kind=kind, code=code, name=f"{kind.title()} {code}")
        for kind, values in kinds
        for code in values
    )
    frame.functions, frame.objects = codes[: len(FUNCTIONS)], codes[len(FUNCTIONS) :]
    frame.positions = PositionPrice.objects.bulk_create(
        PositionPrice(season=season.name, code=f"POS{n}", name=f"Position {n}",
                      salary_cents=n * 1_000_000, variable_benefits_cents=n * 200_000,
                      health_cents=1_140_000, full_cost_cents=n * 1_200_000 + 1_140_000,
                      salary_object=frame.objects[0])
        for n in range(5, 9)
    )  # fmt: skip
    rates = [("salary_growth", "0.03"), ("health_growth", "0.06"), ("other_growth", "0.025")]
    CostAssumption.objects.bulk_create(
        CostAssumption(season=season.name, name=role, role=role, value=Decimal(rate), value_unit="rate")
        for role, rate in [*rates, ("variable_benefits", "0.2")]
    )
