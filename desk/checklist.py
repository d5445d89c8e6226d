"""What is set up and what comes next: the checklist of an empty district."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from funds.models import AccountCode, CostAssumption, FundSource, PositionPrice
from funds.rules import RATES_NEEDED, can_set_up_funds
from goals.models import Goal, Season
from goals.rules import KINDS_NEEDED, can_draft_goal, can_set_up_season
from people.models import District, Post, Unit, User
from people.rules import can_set_up_district, can_set_up_people
from reviews.models import Criterion

NEEDED = [
    (Post.Role.SUPERINTENDENT, "superintendent"),
    (Post.Role.CFO, "CFO"),
    (Post.Role.STEWARD, "process steward"),
]


@dataclass(frozen=True)
class Step:
    """One line of the checklist; `who` says who does it, when this person may not."""

    label: str
    url: str
    is_done: bool
    state: str
    may: bool
    who: str


def steps(user: User, season: Season | None) -> list[Step]:
    """All steps in the order in which they are done."""
    return [*_district_steps(user), *_season_steps(user, season), *_money_steps(user, season)]


def _district_steps(user: User) -> list[Step]:
    units = Unit.objects.aggregate(
        all=Count("pk"), tops=Count("pk", filter=Q(parent=None)), schools=Count("pk", filter=Q(kind="school"))
    )
    posts = set(Post.objects.current().values_list("role", "unit").order_by().distinct())
    heads = sum(role == Post.Role.HEAD for role, _unit in posts)
    roles = {role for role, _unit in posts}
    missing = [words for role, words in NEEDED if role not in roles]
    may, may_people = can_set_up_district(user), can_set_up_people(user)
    district = District.objects.first()
    return [
        Step(
            "The district", reverse("setup_district"), district is not None,
            f"{district}, {district.time_zone}" if district else "not named yet", may, "an administrator",
        ),
        Step(
            "Units", reverse("setup_units"), units["all"] > 1,
            f"{units['all']} units, of them {_counted(units['schools'], 'school', 'schools')}"
            if units["all"] > 1
            else "add departments and schools", may, "an administrator or the steward",
        ),
        Step(
            "People and roles", reverse("setup_people"), not missing and heads > 0,
            f"nobody is {', '.join(missing)} yet" if missing
            else f"{_counted(heads, 'unit has', 'units have')} a head",
            may_people, "an administrator",
        ),
    ]  # fmt: skip


def _season_steps(user: User, season: Season | None) -> list[Step]:
    may, who = can_set_up_season(user), "the process steward"
    if season is None:
        return [Step("The season", reverse("setup_season_new"), False, "no season has begun", may, who)]
    kinds = {stage.kind for stage in season.all_stages}
    written = Season.objects.filter(pk=season.pk).aggregate(
        principles=Count("principles", distinct=True),
        rights=Count("decision_rights", distinct=True),
        agreement=Count("agreement", distinct=True),
    )
    principles, rights = written["principles"], written["rights"]
    rubric = list(Criterion.objects.filter(rubric__season=season).values_list("weight", flat=True))
    goals = Goal.objects.filter(season=season).aggregate(
        all=Count("pk"), out=Count("pk", filter=Q(published_on__isnull=False))
    )
    return [
        Step("Rules of the season", reverse("setup_season"), True, f"season {season.name}", may, who),
        Step(
            "Calendar", reverse("setup_stages"), kinds.issuperset(KINDS_NEEDED),
            f"{len(season.all_stages)} stages" if kinds else "no stages yet", may, who,
        ),
        Step("Principles", reverse("setup_principles"), principles > 0, _number(principles), may, who),
        Step("Decision rights", reverse("setup_decision_rights"), rights > 0, _number(rights), may, who),
        Step(
            "Working agreement", reverse("setup_agreement"), written["agreement"] > 0,
            "written" if written["agreement"] else "not written yet", may, who,
        ),
        Step(
            "Rubric", reverse("setup_rubric"), sum(rubric) == 100,
            f"{len(rubric)} criteria" if rubric else "no criteria yet", may, who,
        ),
        Step(
            "Goals", reverse("goals"), goals["out"] > 0,
            f"{goals['out']} of {goals['all']} published" if goals["all"] else "none yet",
            can_draft_goal(user), "the cabinet",
        ),
    ]  # fmt: skip


def _money_steps(user: User, season: Season | None) -> list[Step]:
    if season is None:
        return []
    may, who, name = can_set_up_funds(user), "the CFO", season.name
    money = FundSource.objects.filter(season=name).aggregate(
        funds=Count("pk", distinct=True), envelopes=Count("envelopes", filter=Q(envelopes__year=name))
    )
    funds, envelopes = money["funds"], money["envelopes"]
    codes = set(AccountCode.objects.filter(season=name).values_list("kind", flat=True).distinct())
    rates = set(CostAssumption.objects.filter(season=name).exclude(role="").values_list("role", flat=True))
    prices = PositionPrice.objects.filter(season=name).count()
    return [
        Step(
            "Funds and envelopes", reverse("setup_funds"), funds > 0 and envelopes == funds,
            f"{_counted(funds, 'fund', 'funds')}, {envelopes} with an amount for {name}" if funds
            else "none yet", may, who,
        ),
        Step(
            "Account codes", reverse("setup_codes"), {"function", "object"} <= codes,
            "functions and objects are there" if {"function", "object"} <= codes else "none yet", may, who,
        ),
        Step(
            "Rates", reverse("setup_rates"), rates.issuperset(RATES_NEEDED),
            "set" if rates.issuperset(RATES_NEEDED) else "not set yet", may, who,
        ),
        Step("Price list of positions", reverse("setup_positions"), prices > 0, _number(prices), may, who),
    ]  # fmt: skip


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _number(count: int) -> str:
    return str(count) if count else "none yet"
