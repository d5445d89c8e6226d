"""Funds as everybody reads them: how much there is for new investments, and what it may pay."""

from django.shortcuts import render

from funds.models import FundSource
from funds.rules import can_set_up_funds
from goals.shown import season_shown
from people.access import members


@members
def funds(request):
    season = season_shown(request)
    rows = FundSource.objects.filter(season=season.name if season else "").select_related("rule_owner")
    years = season.years if season else []
    table = [_line(fund, years) for fund in rows.prefetch_related("envelopes")]
    totals = [sum(line["amounts"][n] or 0 for line in table) for n in range(len(years))]
    context = {
        "table": table, "years": years, "totals": totals, "most": _most(table),
        "may_change": can_set_up_funds(request.user),
    }  # fmt: skip
    return render(request, "desk/funds.html", context)


def _most(table: list[dict]) -> int:
    """The largest amount: every bar is drawn against it."""
    return max((cents or 0 for line in table for cents in line["amounts"]), default=0)


def _line(fund: FundSource, years: list[str]) -> dict:
    there = {envelope.year: envelope.available_cents for envelope in fund.envelopes.all()}
    return {"fund": fund, "amounts": [there.get(year) for year in years]}
