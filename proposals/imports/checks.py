"""What must hold between proposals, their sponsors, lines, asks and links."""

from collections import Counter

from activity.sheets import Book
from funds.arithmetic import Rates, format_dollars, position_cost
from funds.imports import AssumptionRow, PositionRow, check_account, known_accounts
from people.imports import UnitRow
from people.models import Unit

from .rows import AskRow, DemandRow, LineRow, LinkRow, ProposalRow, SponsorRow


def check(book: Book) -> None:
    sponsors = book.grouped(SponsorRow, "proposal")
    complete = book.complete(SponsorRow)
    for proposal in book.rows(ProposalRow):
        if complete:
            _check_sponsors(book, proposal, sponsors.get(proposal.code, []))
        if proposal.edited_on and proposal.edited_on < proposal.submitted_on:
            book.refuse(proposal, "edited_on", f"a day from the submission on, {proposal.submitted_on}")
    accounts = known_accounts(book)
    for line in book.rows(LineRow):
        _check_line(book, line, accounts)
    _compare_positions(book)
    for ask in book.rows(AskRow):
        _check_ask(book, ask, sponsors.get(ask.proposal, []))
    _check_links(book)
    schools = {u.code for u in book.rows(UnitRow) if u.kind == Unit.Kind.SCHOOL}
    for demand in book.rows(DemandRow):
        if demand.school not in schools:
            book.notice(f"School demands: {demand.school} is no school; what is asked of it is taken.")


def _check_sponsors(book: Book, proposal: ProposalRow, rows: list[SponsorRow]) -> None:
    if proposal.lead in proposal.co_sponsors:
        book.refuse(proposal, "co_sponsors", "other units than the lead", proposal.lead)
    if not rows:
        book.refuse(
            proposal, "lead", "a row for each sponsor in the sheet Sponsors; this proposal has none there"
        )
        return
    _check_leads(book, proposal, rows)
    named = {proposal.lead, *proposal.co_sponsors}
    for row in rows:
        if row.unit not in named:
            book.refuse(
                row, "unit", f"the sponsors of {proposal.code} in Proposals: {'; '.join(sorted(named))}"
            )
    for unit in sorted(named - {row.unit for row in rows}):
        name = "lead" if unit == proposal.lead else "co_sponsors"
        book.refuse(proposal, name, f"units with a row in the sheet Sponsors for {proposal.code}", unit)


def _check_leads(book: Book, proposal: ProposalRow, rows: list[SponsorRow]) -> None:
    leads = [row for row in rows if row.is_lead]
    if not leads:
        book.refuse(rows[0], "is_lead", f"Yes for exactly one sponsor of {proposal.code}", "No in every row")
    for row in leads[1:]:
        book.refuse(row, "is_lead", f"Yes for exactly one sponsor of {proposal.code}", "Yes once more")
    if leads and leads[0].unit != proposal.lead:
        book.refuse(
            leads[0], "unit", f"the lead that the sheet Proposals names for {proposal.code}, {proposal.lead}"
        )


def _check_line(book: Book, line: LineRow, accounts: dict[str, set[str]] | None) -> None:
    check_account(book, line, "function", "function", accounts)
    check_account(book, line, "object", "object", accounts)
    check_account(book, line, "benefits_object", "object", accounts)
    if line.position and not line.fte:
        book.refuse(line, "fte", "the posts of this position line, above 0")
    if line.fte and not line.position and book.has(PositionRow):
        book.refuse(line, "position", "the position that the FTE belong to", "")


def _compare_positions(book: Book) -> None:
    """Stated amounts are the truth; where the price list gives another amount, that is said."""
    rates = {row.role: row.value for row in book.rows(AssumptionRow) if row.role}
    prices = book.by_key(PositionRow)
    if not {"salary_growth", "health_growth", "variable_benefits"} <= rates.keys():
        return
    applied = Rates(
        salary_growth=rates["salary_growth"],
        health_growth=rates["health_growth"],
        variable_benefits=rates["variable_benefits"],
    )
    for line in book.rows(LineRow):
        price = prices.get(line.position)
        if price is None or not line.fte:
            continue
        for year, stated in enumerate((line.year1, line.year2, line.year3)):
            computed = position_cost(price.salary_cents, price.health_cents, line.fte, applied, year).total
            if stated and stated != computed:
                cell = f"{book.tables[LineRow].letters.get(f'year{year + 1}', '')}{line.number}"
                book.notice(
                    f"Cost lines!{cell}: {format_dollars(stated)} is stated, the price list gives "
                    f"{format_dollars(computed)}; the stated amount is taken."
                )


def _check_ask(book: Book, ask: AskRow, sponsors: list[SponsorRow]) -> None:
    if ask.asked_unit in {row.unit for row in sponsors}:
        book.refuse(ask, "asked_unit", f"a unit that does not sponsor {ask.proposal}")
    _check_answer(book, ask)
    if ask.answer == "conditional" and not ask.condition:
        book.refuse(ask, "condition", "what must hold, for an endorsement with conditions")
    if ask.answer != "conditional" and ask.condition:
        book.refuse(ask, "condition", "a condition only with the answer Endorsed with conditions")
    _check_acceptance(book, ask)


def _check_acceptance(book: Book, ask: AskRow) -> None:
    accepted = ask.condition_accepted_on
    if accepted and not ask.condition:
        book.refuse(ask, "condition_accepted_on", "a day only where there is a condition")
    elif accepted and ask.answered_on and accepted < ask.answered_on:
        book.refuse(ask, "condition_accepted_on", f"a day from the answer on, {ask.answered_on}")


def _check_answer(book: Book, ask: AskRow) -> None:
    if not ask.answer:
        for name in ("answered_by", "answered_on"):
            if getattr(ask, name):
                book.refuse(ask, name, "nothing while there is no answer yet; or an answer in Response")
    else:
        for name, wanted in (
            ("answered_by", "the person who answered"),
            ("answered_on", "the day of the answer"),
        ):
            if not getattr(ask, name):
                book.refuse(ask, name, wanted)


def _check_links(book: Book) -> None:
    needs = []
    for link in book.rows(LinkRow):
        if link.source == link.target:
            book.refuse(link, "target", "another proposal than the one in From")
        elif link.kind == "depends_on":
            needs.append(link)
    for link in _in_circles(needs):
        book.refuse(link, "target", f"no circle of dependencies; {link.target} depends on {link.source} too")


def _in_circles(links: list[LinkRow]) -> list[LinkRow]:
    """Links that are part of a circle: no chain of them ends, in either direction."""
    endless = _endless([(link.source, link.target) for link in links])
    links = [link for link in links if link.target in endless]
    beginless = _endless([(link.target, link.source) for link in links])
    return [link for link in links if link.source in beginless]


def _endless(pairs: list[tuple[str, str]]) -> set[str]:
    """First parts of pairs from which every way leads on for ever."""
    before: dict[str, list[str]] = {}
    open_ways = Counter(first for first, _second in pairs)
    for first, second in pairs:
        before.setdefault(second, []).append(first)
    ended = [name for name in before if not open_ways[name]]
    while ended:
        for first in before.get(ended.pop(), []):
            open_ways[first] -= 1
            if not open_ways[first]:
                ended.append(first)
    return {name for name, count in open_ways.items() if count}
