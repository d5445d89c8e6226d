"""Who sets up money, what stands in the way, and what a fund may pay."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404

from people.models import Post, User

from .arithmetic import CODE_OR_RANGE, code_is_within, years_after
from .models import AccountCode, CostAssumption, FundSource, PositionPrice

# The rates that position costs need; the others count as no growth.
RATES_NEEDED = (CostAssumption.Role.VARIABLE_BENEFITS, CostAssumption.Role.HEALTH)


def can_set_up_funds(user: User) -> bool:
    """The CFO keeps funds, prices and rates; the steward may enter them."""
    return user.holds(Post.Role.CFO, Post.Role.STEWARD)


def fund_for(user: User, pk: int) -> FundSource:
    """A fund source; everybody may read what its money may pay."""
    return get_object_or_404(FundSource.objects.select_related("rule_owner"), pk=pk)


def position_for(user: User, pk: int) -> PositionPrice:
    if not can_set_up_funds(user):
        raise Http404
    return get_object_or_404(PositionPrice.objects.select_related("salary_object"), pk=pk)


def account_for(user: User, pk: int) -> AccountCode:
    if not can_set_up_funds(user):
        raise Http404
    return get_object_or_404(AccountCode.objects, pk=pk)


def blockers_to_write_fund(season: str, values: Mapping, fund: FundSource | None = None) -> list[str]:
    """Codes once; allowed codes in a form that checks can read."""
    code, others = str(values["code"]), FundSource.objects.exclude(pk=fund.pk if fund else 0)
    reasons = []
    if others.filter(season=season, code__iexact=code).exists():
        reasons.append(f"There is a fund {code} already. Choose another code.")
    for name in ("allowed_functions", "allowed_objects"):
        parts = [part.strip() for part in str(values.get(name, "")).split(";") if part.strip()]
        faulty = [part for part in parts if not CODE_OR_RANGE.fullmatch(part)]
        if faulty:
            reasons.append(f"“{faulty[0]}” is no code or range. Write codes like 1000; 2110-2120.")
    return reasons


def blockers_to_set_envelopes(
    fund: FundSource, envelopes: Mapping[str, int | None], reason: str = ""
) -> list[str]:
    """An amount that stands is changed with a reason only."""
    there = dict(fund.envelopes.values_list("year", "available_cents"))
    changed = [year for year in envelopes if year in there and envelopes[year] != there[year]]
    if not changed or reason.strip():
        return []
    named = " and ".join(changed)
    return [f"Say why the amount of {named} changes: others count on it. The reason is for all to read."]


def blockers_to_write_position(season: str, code: str, position: PositionPrice | None = None) -> list[str]:
    others = PositionPrice.objects.exclude(pk=position.pk if position else 0)
    reasons = []
    if others.filter(season=season, code__iexact=code).exists():
        reasons.append(f"There is a position {code} already. Choose another code.")
    return reasons


def blockers_to_price(rates: Mapping[str, Decimal]) -> list[str]:
    missing = [role.label.lower() for role in RATES_NEEDED if role not in rates]
    if missing:
        return [f"The {' and the '.join(missing)} must be set first, on the page Rates."]
    return []


def blockers_to_set_rates(rates: Mapping[str, Decimal | None]) -> list[str]:
    """A rate is a fraction; 22.65 percent is 0.2265."""
    reasons = []
    for role, value in rates.items():
        label = CostAssumption.Role(role).label
        if value is None:
            continue
        if role == CostAssumption.Role.HEALTH:
            if value < 0:
                reasons.append(f"{label} cannot be negative.")
        elif not -1 < value < 1:
            reasons.append(f"{label} must be a percentage between −100 and 100.")
    return reasons


class Breach(NamedTuple):
    """A rule of a fund that a cost line does not keep."""

    rule: str
    name: str
    words: str  # they follow the name of the fund
    remedy: str


def breaches_of(
    fund: FundSource, *, function: str, objects: Sequence[str], is_recurring: bool, required_anyway: bool
) -> list[Breach]:
    """Which rules of the fund a line with these codes does not keep; no function yet breaks none."""
    found = []
    if function and not code_is_within(function, fund.allowed_functions):
        words = f"pays functions {fund.allowed_functions}, not {function}"
        found.append(Breach("function", "Functions", words, "Choose another function, or another fund."))
    outside = [code for code in objects if not code_is_within(code, fund.allowed_objects)]
    if outside:
        words = f"pays objects {fund.allowed_objects}, not {' or '.join(outside)}"
        found.append(Breach("object", "Objects", words, "Choose another object, or another fund."))
    if fund.supplement_only and required_anyway:
        words = "may only supplement, and this must be paid anyway"
        found.append(Breach("supplant", "Supplement, not supplant", words, "Pay it from another fund."))
    if fund.pays_for == FundSource.PaysFor.ONE_TIME and is_recurring:
        words = "is one-time money, and this cost returns each year"
        remedy = "Choose another fund, or say that the cost comes once."
        found.append(Breach("one-time", "One-time money", words, remedy))
    return found


def breaches_at_schools(fund: FundSource, *, title_i: bool, others: bool) -> list[Breach]:
    """Money for Title I schools on a proposal that names some, and others."""
    if not fund.title_i_only or not others:
        return []
    words = "pays for Title I schools only, and "
    if title_i:
        words, remedy = words + "other schools are named, too", "Keep their costs on a line of another fund."
    else:
        words, remedy = words + "no school named is one", "Name Title I schools, or choose another fund."
    return [Breach("title-i", "Title I schools", words, remedy)]


def years_unpaid(fund: FundSource, first_year_ends: date, cents: Sequence[int]) -> list[int]:
    """Numbers of the years, from 0, whose money is counted on after the fund has ended."""
    if fund.ends_on is None:
        return []
    return [n for n, some in enumerate(cents) if some and years_after(first_year_ends, n) > fund.ends_on]
