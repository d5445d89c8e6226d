"""Findings about money: envelopes, one-time money, the rules of each fund, amounts over the request."""

from collections.abc import Iterator
from datetime import date

from funds.arithmetic import format_dollars
from funds.models import FundSource

from ..arithmetic import code_is_within
from ..models import SlateLine
from ..sheet import Sheet, money_of_line
from .finding import Finding


def money_findings(sheet: Sheet) -> Iterator[Finding]:
    yield from _over_request(sheet)
    yield from _envelopes(sheet)
    funds = {fund.pk: fund for fund in sheet.funds}
    for line in sheet.lines:
        fund = funds.get(line.cost_line.fund_id)
        if fund is not None and money_of_line(line).total:
            yield from _line_against_fund(sheet, line, fund)
    for fund in sheet.funds:
        yield from _title_i(sheet, fund)
        yield from _money_ends(sheet, fund)


def _envelopes(sheet: Sheet) -> Iterator[Finding]:
    for row in sheet.fund_years:
        for cell in row:
            if cell.left >= 0:
                continue
            over, on_slate = format_dollars(-cell.left), format_dollars(cell.on_slate)
            if cell.available is None:
                sentence = f"{cell.fund.name} ({cell.fund.code}) has no envelope stated for {cell.year}; "
                sentence += f"the slate puts {on_slate} on it."
            else:
                sentence = (
                    f"{cell.fund.name} ({cell.fund.code}) is over its envelope in {cell.year} by {over}: "
                )
                sentence += f"{on_slate} on the slate, {format_dollars(cell.available)} available."
            yield Finding(
                f"envelope:{cell.fund.code}:{cell.year}", "Envelope", sentence, -cell.left, blocking=True
            )


def _over_request(sheet: Sheet) -> Iterator[Finding]:
    for line in sheet.lines:
        asked, kept = money_of_line(line.cost_line), money_of_line(line)
        over = sum(max(0, k - a) for k, a in zip(kept.years, asked.years, strict=True))
        if over or kept.fte > asked.fte:
            code = sheet.by_pk[line.item.proposal_id].code
            yield Finding(
                f"request:{code}:{line.cost_line.number}",
                "More than requested",
                f"{_name(sheet, line)} holds {format_dollars(over)} more than is requested now. "
                f"Open {code} on this slate and lower it.",
                over,
                blocking=True,
                may_be_overridden=False,
            )


def _line_against_fund(sheet: Sheet, line: SlateLine, fund: FundSource) -> Iterator[Finding]:
    """Whether the rules of the fund let it pay the line."""
    cost, code = line.cost_line, sheet.by_pk[line.item.proposal_id].code
    objects = [account.code for account in (cost.object, cost.benefits_object) if account]
    amount = money_of_line(line).total
    wrong = []
    if not code_is_within(cost.function.code, fund.allowed_functions):
        wrong.append(("function", f"pays functions {fund.allowed_functions}, not {cost.function.code}"))
    outside = [o for o in objects if not code_is_within(o, fund.allowed_objects)]
    if outside:
        wrong.append(("object", f"pays objects {fund.allowed_objects}, not {' or '.join(outside)}"))
    if fund.supplement_only and cost.required_anyway:
        wrong.append(("supplant", "may only supplement, and this must be paid anyway"))
    if fund.pays_for == FundSource.PaysFor.ONE_TIME and cost.is_recurring:
        wrong.append(("one-time", "is one-time money, and this cost returns each year"))
    for rule, words in wrong:
        yield Finding(
            f"{rule}:{fund.code}:{code}:{cost.number}",
            "One-time money" if rule == "one-time" else "Fund rule",
            f"{_name(sheet, line)} puts {format_dollars(amount)} on {fund.code}: {fund.name} {words}.",
            amount,
            blocking=True,
        )


def _title_i(sheet: Sheet, fund: FundSource) -> Iterator[Finding]:
    if not fund.title_i_only:
        return
    for proposal in sheet.chosen:
        amount = sum(
            money_of_line(line).total
            for line in sheet.lines_of[proposal.pk]
            if line.cost_line.fund_id == fund.pk
        )
        if not amount:
            continue
        schools = sheet.schools.get(proposal.pk, [])
        others = sorted(code for code, is_title_i in schools if not is_title_i)
        if not others:
            continue
        none_at_all = len(others) == len(schools)
        words = "names no Title I school." if none_at_all else f"names {_some(others)} too: keep those apart."
        yield Finding(
            f"title-i:{fund.code}:{proposal.code}",
            "Fund rule",
            f"{fund.code} pays for Title I schools only. "
            f"{proposal.code} puts {format_dollars(amount)} on it and {words}",
            amount,
            blocking=none_at_all,
        )


def _money_ends(sheet: Sheet, fund: FundSource) -> Iterator[Finding]:
    if fund.ends_on is None:
        return
    row = next(row for row in sheet.fund_years if row[0].fund.pk == fund.pk)
    late = [
        cell
        for n, cell in enumerate(row)
        if cell.on_slate and _years_later(sheet.season.fiscal_year_ends, n) > fund.ends_on
    ]
    if late:
        amounts = " and ".join(f"{format_dollars(cell.on_slate)} in {cell.year}" for cell in late)
        yield Finding(
            f"ends:{fund.code}",
            "Money ends",
            f"{fund.name} ({fund.code}) ends on {fund.ends_on:%-d %B %Y}. The slate counts on {amounts}.",
            sum(cell.on_slate for cell in late),
        )


def _years_later(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _name(sheet: Sheet, line: SlateLine) -> str:
    code, cost = sheet.by_pk[line.item.proposal_id].code, line.cost_line
    return f"{code} line {cost.number}, {cost.description},"


def _some(codes: list[str]) -> str:
    if len(codes) == 1:
        return f"{codes[0]}, which is not one,"
    return f"{len(codes)} other schools ({', '.join(codes[:4])}{' …' if len(codes) > 4 else ''})"
