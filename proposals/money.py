"""What the pages of costs tell: sums, the rules of each line's fund, what makes the amounts of a post."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, CharField, Exists, F, QuerySet, Value
from django.db.models.functions import Cast

from funds.arithmetic import Rates, position_parts
from funds.models import AccountCode, FundSource, PositionPrice
from funds.rules import Breach, breaches_at_schools, breaches_of, years_unpaid
from goals.models import Season
from people.models import Unit

from .arithmetic import Content, fte_of, listed, sum_of, sums_by, within_years
from .models import CostLine, Proposal

Coded = FundSource | PositionPrice | AccountCode | Unit


class Note(NamedTuple):
    """A fund rule that a line does not keep, for people."""

    name: str
    sentence: str


class PostYear(NamedTuple):
    """Cents of one year of a post, by what makes them."""

    year: str
    salary: int
    variable: int
    health: int

    @property
    def total(self) -> int:
        return self.salary + self.variable + self.health


def money_of(content: Content, season: Season) -> dict[str, Any]:
    """Sums of the money table."""
    content = within_years(content, len(season.years))
    return {
        "years": season.years,
        "total": sum_of(content),
        "by_fund": sums_by(content, "fund"),
        "by_unit": sums_by(content, "unit"),
        "fte": fte_of(content),
    }


def noted_lines(proposal: Proposal, content: Content) -> list[dict]:
    """The cost lines, each with the `notes` on its fund; one query."""
    codes = {line["fund"] for line in content["cost_lines"]}
    funds = {fund.code: fund for fund in _funds(proposal).filter(code__in=codes)}
    return [{**line, "notes": _notes(proposal, funds[line["fund"]], line)} for line in content["cost_lines"]]


def notes_on_each(proposal: Proposal, lines: Iterable[Mapping[str, Any]]) -> list[list[Note]]:
    """The rules that each of several lines would not keep; one query."""
    funds = {fund.pk: fund for fund in _funds(proposal)}
    return [_notes(proposal, funds[line["fund"].pk], _as_checked(line)) for line in lines]


def notes_on(proposal: Proposal, values: Mapping[str, Any]) -> list[Note]:
    """The same for a line as it is typed, as far as it is; one query."""
    if values.get("fund") is None:
        return []
    return _notes(proposal, _funds(proposal).get(pk=values["fund"].pk), _as_checked(values))


def _as_checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the rules ask of a line, of the values of its fields."""
    line: dict[str, Any] = {
        name: getattr(values.get(name), "code", "") for name in ("function", "object", "benefits_object")
    }
    line["recurring"] = values.get("is_recurring")
    line["required_anyway"] = values.get("required_anyway")
    line["cents"] = _years_with_costs(values)  # whether, not how much: the rules ask no more
    return line


def _years_with_costs(values: Mapping[str, Any]) -> list[bool]:
    """In which years the line will cost anything: a post, and what returns, in those left empty, too."""
    first, *later = (values.get(name) for name in CostLine.YEARS)
    if values.get("position"):
        first, later = 1, [None] * len(later)
    returns = bool(values.get("is_recurring") and first)
    return [bool(first), *(returns if cents is None else bool(cents) for cents in later)]


def _funds(proposal: Proposal) -> QuerySet[FundSource]:
    schools = Proposal.schools.through.objects.filter(proposal=proposal.pk)
    return FundSource.objects.filter(season=proposal.season.name).annotate(
        names_title_i=Exists(schools.filter(unit__is_title_i=True)),
        names_others=Exists(schools.filter(unit__is_title_i=False)),
    )


def _notes(proposal: Proposal, fund: FundSource, line: Mapping[str, Any]) -> list[Note]:
    breaches = breaches_of(
        fund,
        function=line["function"],
        objects=[code for code in (line["object"], line["benefits_object"]) if code],
        is_recurring=line["recurring"],
        required_anyway=line["required_anyway"],
    )
    breaches += breaches_at_schools(fund, title_i=fund.names_title_i, others=fund.names_others)
    costed = proposal.season.years
    late = years_unpaid(fund, proposal.season.fiscal_year_ends, line["cents"][: len(costed)])
    if late:
        years = " and ".join(costed[n] for n in late)
        words = f"ends on {fund.ends_on:%-d %B %Y}, and the line counts on it in {years}"
        breaches.append(Breach("ends", "Money ends", words, "Pay the later years from another fund."))
    return [Note(b.name, f"{fund.name} ({fund.code}) {b.words}. {b.remedy}") for b in breaches]


def later_years_said(season: Season, before: CostLine, after: CostLine, typed: Mapping[str, Any]) -> str:
    """What became of later years that nobody typed anew while the first changed; '' where there are none."""
    if before.year1_cents == after.year1_cents or after.position_id or not after.is_recurring:
        return ""
    names = dict(zip(CostLine.YEARS, season.years, strict=False))
    untouched = [n for n in CostLine.YEARS[1:] if n in names and typed.get(n) == getattr(before, n)]
    kept = [names[n] for n in untouched if getattr(after, n) == getattr(before, n)]
    followed = [names[n] for n in untouched if names[n] not in kept]
    said = ""
    if followed:
        said += f" By the season's growth {listed(followed)} follow{'s' if len(followed) == 1 else ''} it."
    if kept:
        stay = "stays as it was" if len(kept) == 1 else "stay as they were"
        said += f" {listed(kept)} {stay} stated: change or empty what no longer holds."
    return said


def post_years(
    season: Season, position: PositionPrice | None, fte: Decimal | None, rates: Rates, *, is_recurring: bool
) -> list[PostYear]:
    """Salary, variable benefits and health of a post, year by year; empty while it has no FTE."""
    if position is None or not fte:
        return []
    years = season.years if is_recurring else season.years[:1]
    price = position.salary_cents, position.health_cents
    return [PostYear(year, *position_parts(*price, fte, rates, n)) for n, year in enumerate(years)]


def codes_of(season: str, *, units: bool = False) -> dict[str, list[Coded]]:
    """Funds, posts with their price, and account codes by kind, and units if asked; one query."""
    none = Value(None, BigIntegerField())

    def part(kind: Value | F, rows: QuerySet, *price: str) -> QuerySet:
        kind, prices = Cast(kind, CharField()), price or (none, none, none)
        return rows.filter(season=season).order_by().values_list(kind, "pk", "code", "name", *prices)

    accounts = AccountCode.objects.filter(kind__in=("function", "object"))
    posts = part(Value("position"), PositionPrice.objects, "salary_cents", "health_cents", "salary_object_id")
    union = posts.union(part(F("kind"), accounts), part(Value("fund"), FundSource.objects), all=True)
    if units:
        named = Unit.objects.order_by().values_list(
            Value("unit", CharField()), "pk", "code", "name", none, none, none
        )
        union = union.union(named, all=True)
    found: dict[str, list[Coded]] = {k: [] for k in ("fund", "position", "function", "object", "unit")}
    for kind, pk, code, name, *price in union:
        found[kind].append(_row(kind, price, pk=pk, code=code, name=name))
    found["fund"].sort(key=lambda fund: fund.pk)
    found["position"].sort(key=lambda position: position.name)
    for kind in ("function", "object"):
        found[kind].sort(key=lambda account: account.code)
    return found


def _row(kind: str, price: list[int], **named: str | int) -> Coded:
    if kind == "position":
        salary, health, account = price
        return PositionPrice(**named, salary_cents=salary, health_cents=health, salary_object_id=account)
    return {"fund": FundSource, "unit": Unit}.get(kind, AccountCode)(**named)
