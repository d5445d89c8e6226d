"""Findings about money: envelopes, one-time money, the rules of each fund, amounts over the request."""

from collections.abc import Iterator

from funds.arithmetic import format_dollars
from funds.models import FundSource
from funds.rules import breaches_of, years_unpaid
from proposals.models import Proposal

from ..models import SlateLine
from ..sheet import Sheet, money_of_line
from .finding import Finding


def money_in_the_way(sheet: Sheet) -> Iterator[Finding]:
    yield from _over_request(sheet)
    yield from _envelopes(sheet)
    funds = {fund.pk: fund for fund in sheet.funds}
    for line in sheet.lines:
        fund = funds.get(line.cost_line.fund_id)
        if fund is not None and money_of_line(line).total:
            yield from _line_against_fund(line, fund)
    for fund in sheet.funds:
        yield from _no_title_i_school(sheet, fund)


def money_to_know(sheet: Sheet) -> Iterator[Finding]:
    for fund in sheet.funds:
        yield from _other_schools(sheet, fund)
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
            code = line.item.proposal.code
            yield Finding(
                f"request:{code}:{line.cost_line.number}",
                "More than requested",
                f"{_name(line)} holds {format_dollars(over)} more than is requested now. "
                f"Open {code} on this slate and lower it.",
                over,
                blocking=True,
                may_be_overridden=False,
            )


def _line_against_fund(line: SlateLine, fund: FundSource) -> Iterator[Finding]:
    """Whether the rules of the fund let it pay the line."""
    cost, code = line.cost_line, line.item.proposal.code
    amount = money_of_line(line).total
    breaches = breaches_of(
        fund,
        function=cost.function.code,
        objects=[account.code for account in (cost.object, cost.benefits_object) if account],
        is_recurring=cost.is_recurring,
        required_anyway=cost.required_anyway,
    )
    for breach in breaches:
        yield Finding(
            f"{breach.rule}:{fund.code}:{code}:{cost.number}",
            "One-time money" if breach.rule == "one-time" else "Fund rule",
            f"{_name(line)} puts {format_dollars(amount)} on {fund.code}: {fund.name} {breach.words}.",
            amount,
            blocking=True,
        )


def _no_title_i_school(sheet: Sheet, fund: FundSource) -> Iterator[Finding]:
    for proposal, amount, named in _on_title_i(sheet, fund):
        if not named:
            yield _title_i(fund, proposal, amount, "names no Title I school.", blocking=True)


def _other_schools(sheet: Sheet, fund: FundSource) -> Iterator[Finding]:
    for proposal, amount, named in _on_title_i(sheet, fund):
        if named:
            others = sorted(code for code, is_title_i in sheet.schools[proposal.pk] if not is_title_i)
            words = f"names {_some(others)} too: keep those apart."
            yield _title_i(fund, proposal, amount, words, blocking=False)


def _on_title_i(sheet: Sheet, fund: FundSource) -> Iterator[tuple[Proposal, int, bool]]:
    """Proposals that put money for Title I schools on other schools, how much, and: on any that is one?"""
    for proposal in sheet.chosen if fund.title_i_only else ():
        lines = sheet.lines_of[proposal.pk]
        amount = sum(money_of_line(line).total for line in lines if line.cost_line.fund_id == fund.pk)
        if amount and lines[0].names_others:
            yield proposal, amount, lines[0].names_title_i


def _title_i(fund: FundSource, proposal: Proposal, amount: int, words: str, *, blocking: bool) -> Finding:
    return Finding(
        f"title-i:{fund.code}:{proposal.code}",
        "Fund rule",
        f"{fund.code} pays for Title I schools only. "
        f"{proposal.code} puts {format_dollars(amount)} on it and {words}",
        amount,
        blocking=blocking,
    )


def _money_ends(sheet: Sheet, fund: FundSource) -> Iterator[Finding]:
    if fund.ends_on is None:
        return
    row = next(row for row in sheet.fund_years if row[0].fund.pk == fund.pk)
    on_slate = [cell.on_slate for cell in row]
    late = [row[n] for n in years_unpaid(fund, sheet.season.fiscal_year_ends, on_slate)]
    if late:
        amounts = " and ".join(f"{format_dollars(cell.on_slate)} in {cell.year}" for cell in late)
        yield Finding(
            f"ends:{fund.code}",
            "Money ends",
            f"{fund.name} ({fund.code}) ends on {fund.ends_on:%-d %B %Y}. The slate counts on {amounts}.",
            sum(cell.on_slate for cell in late),
        )


def _name(line: SlateLine) -> str:
    code, cost = line.item.proposal.code, line.cost_line
    return f"{code} line {cost.number}, {cost.description},"


def _some(codes: list[str]) -> str:
    if len(codes) == 1:
        return f"{codes[0]}, which is not one,"
    return f"{len(codes)} other schools ({', '.join(codes[:4])}{' …' if len(codes) > 4 else ''})"
