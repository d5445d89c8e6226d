"""Fund sources, with their rule and their envelope for each year."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from activity.actions import record
from activity.changes import in_words, put
from activity.refused import Refused, allow, refuse_if
from people.actions.holding import hold_district
from people.models import User

from .. import rules
from ..arithmetic import format_dollars
from ..models import Envelope, FundSource

FIELDS = (
    "code", "name", "fund_type", "pays_for", "restriction", "rule", "allowed_functions",
    "allowed_objects", "title_i_only", "supplement_only", "ends_on", "rule_owner",
)  # fmt: skip

WHO = "Only the CFO and the process steward set up money."

# Cents by name of the year; None where the fund has no envelope.
Envelopes = Mapping[str, int | None]


@transaction.atomic
def add_fund(*, season: str, values: Mapping[str, Any], envelopes: Envelopes, by: User) -> FundSource:
    """Add a fund source of a season. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_funds(by), WHO)
    refuse_if(rules.blockers_to_write_fund(season, values))
    fund = FundSource(season=season)
    put(fund, values, FIELDS)
    fund.save(force_insert=True)
    amounts = _set_envelopes(fund, envelopes)
    record("add", fund, f"added fund {fund}{_said(amounts)}", by=by, envelopes=amounts)
    return fund


@transaction.atomic
def change_fund(
    *, fund: FundSource, values: Mapping[str, Any], envelopes: Envelopes, by: User, reason: str = ""
) -> FundSource:
    """Change a fund source or its envelopes. Raises Refused.

    An amount that was set once is money that others count on: changing it needs a reason, for all to see.
    """
    fund = FundSource.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    allow(rules.can_set_up_funds(by), WHO)
    refuse_if(rules.blockers_to_write_fund(fund.season, {"code": fund.code, **values}, fund))
    refuse_if(rules.blockers_to_set_envelopes(fund, envelopes, reason))
    changed = put(fund, values, FIELDS)
    if changed:
        fund.save(update_fields=changed)
    amounts = _set_envelopes(fund, envelopes)
    if changed or amounts:
        words = in_words(fund, changed) or "the envelope"
        set_anew = any(old is not None for old, _new in amounts.values())
        why = f": {reason.strip()}" if set_anew else ""
        sentence = f"changed {words} of fund {fund.code}{_said(amounts)}{why}"
        record("change", fund, sentence, by=by, integrity=set_anew, envelopes=amounts, **changed)
    return fund


@transaction.atomic
def remove_fund(*, fund: FundSource, by: User) -> None:
    """Remove a fund source that no proposal uses. Raises Refused."""
    fund = FundSource.objects.select_for_update(of=("self",)).get(pk=fund.pk)
    allow(rules.can_set_up_funds(by), WHO)
    record("remove", fund, f"removed fund {fund}", by=by)
    try:
        fund.delete()
    except ProtectedError:
        raise Refused(
            f"Proposals name fund {fund.code}, so it stays. Set its envelope to 0 instead."
        ) from None


def _set_envelopes(fund: FundSource, envelopes: Envelopes) -> dict[str, list[int | None]]:
    """Write the amounts; returns {year: [old, new]} of what differs."""
    there = {envelope.year: envelope for envelope in fund.envelopes.all()}
    before = {year: there[year].available_cents if year in there else None for year in envelopes}
    changed = {year: [before[year], cents] for year, cents in envelopes.items() if cents != before[year]}
    stated = {year: new for year, (_old, new) in changed.items() if new is not None}
    if gone := changed.keys() - stated:
        fund.envelopes.filter(year__in=gone).delete()
    Envelope.objects.bulk_create(
        [Envelope(fund=fund, year=year, available_cents=cents) for year, cents in stated.items()],
        update_conflicts=True, unique_fields=["fund", "year"], update_fields=["available_cents"],
    )  # fmt: skip
    return changed


def _said(amounts: Mapping[str, list[int | None]]) -> str:
    """“, FY27 now $450,000”, “, FY27 now $450,000 after $400,000”."""
    return "".join(
        f", {year} now {format_dollars(new)}" + (f" after {format_dollars(old)}" if old is not None else "")
        for year, (old, new) in amounts.items()
    )
