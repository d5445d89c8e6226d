"""Fund sources, envelopes, account codes, prices and rates out of a workbook."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from activity import cells
from activity.imports import Past
from activity.sheets import Book, Row, column
from people.imports import unit_code
from people.models import Unit

from .arithmetic import CODE_OR_RANGE, MOST_CENTS, parse_dollars
from .models import AccountCode, CostAssumption, Envelope, FundSource, PositionPrice

fund_code = account = cells.code(20)


def dollars(value: Any) -> int:
    """Cents of an amount; written as text it may carry a dollar sign and commas. Never rounded."""
    if isinstance(value, str):
        try:
            cents = parse_dollars(cells.cleaned(value))
        except ValueError:
            raise ValueError("an amount in dollars, like 1234 or 1,234.50") from None
    else:
        amount = cells.decimal_of(value)
        if not amount.is_finite() or amount * 100 != int(amount * 100):
            raise ValueError("an amount in dollars with at most two decimals")
        cents = int(amount * 100)
    if cents < 0:
        raise ValueError("an amount that is not negative")
    if cents > MOST_CENTS:
        raise ValueError("an amount below a trillion dollars; check the number of digits")
    return cents


def ranges(value: Any) -> str:
    """Codes and ranges of codes, such as 1000; 2110-2120."""
    parts = cells.several(cells.code(41))(value)
    for part in parts:
        if not CODE_OR_RANGE.fullmatch(part):
            raise ValueError("codes or ranges separated by semicolons, like 1000; 2110-2120")
    joined = "; ".join(parts)
    if len(joined) > 300:
        raise ValueError("at most 300 characters")
    return joined


@dataclass
class FundRow(Row):
    SHEET = "Fund sources"
    KEY = ("code",)
    NEEDED = True

    code: str = column("Fund", fund_code, required=True)
    name: str = column("Name", cells.text(200), required=True)
    fund_type: str = column("Fund type", cells.text(80), required=True)
    pays_for: str = column(
        "Pays for",
        cells.choice(
            FundSource.PaysFor.choices, {"recurring": "recurring", "one-time": "one_time", "either": "either"}
        ),
        required=True,
    )
    year1: int = column("Available {year1}", dollars, required=True)
    year2: int = column("Available {year2}", dollars)
    year3: int = column("Available {year3}", dollars)
    restriction: str = column("Restriction", cells.choice(FundSource.Restriction.choices), required=True)
    rule: str = column("Rule", cells.long_text, required=True)
    allowed_functions: str = column("Allowed functions", ranges, empty="")
    allowed_objects: str = column("Allowed objects", ranges, empty="")
    title_i_only: bool = column("Title I schools only", cells.yes_no, required=True)
    supplement_only: bool = column("Supplement, not supplant", cells.yes_no, required=True)
    ends_on: date = column("Money ends on", cells.day)
    rule_owner: str = column("Rule owner", unit_code, required=True, to="Units")


@dataclass
class AccountRow(Row):
    SHEET = "Account codes"
    KEY = ("kind", "code")

    kind: str = column("Kind", cells.choice(AccountCode.Kind.choices), required=True)
    code: str = column("Code", account, required=True)
    name: str = column("Name", cells.text(200), required=True)
    parent: str = column("Parent", account)


@dataclass
class PositionRow(Row):
    SHEET = "Positions"
    KEY = ("code",)

    code: str = column("Position", cells.code(20), required=True)
    name: str = column("Name", cells.text(200), required=True)
    salary_cents: int = column("Base salary", dollars, required=True)
    variable_benefits_cents: int = column("Variable benefits", dollars, required=True)
    health_cents: int = column("Health", dollars, required=True)
    full_cost_cents: int = column("Cost of 1.0 FTE", dollars, required=True)
    salary_object: str = column("Salary object", account, required=True)
    note: str = column("Note", cells.long_text, empty="")


@dataclass
class AssumptionRow(Row):
    SHEET = "Cost assumptions"
    KEY = ("name",)

    name: str = column("Assumption", cells.text(120), required=True)
    value: Decimal = column("Value", cells.number(6, -1, 10_000_000), required=True)
    value_unit: str = column(
        "Unit",
        cells.choice(
            CostAssumption.ValueUnit.choices, {"rate": "rate", "dollars per FTE": "dollars_per_fte"}
        ),
        required=True,
    )
    note: str = column("Note", cells.long_text, empty="")

    @property
    def role(self) -> str:
        """The role that arithmetic knows it by, or an empty string."""
        by_label = {label.casefold(): value for value, label in CostAssumption.Role.choices}
        return by_label.get(self.name.casefold(), "")


ROWS = (FundRow, AccountRow, PositionRow, AssumptionRow)


def known_accounts(book: Book) -> dict[str, set[str]] | None:
    """Account codes by kind; None where a district sends no such sheet: codes are then taken as named."""
    if not book.has(AccountRow) and not any(kind is AccountRow for kind, _key in book.left_out):
        return None
    known: dict[str, set[str]] = {kind: set() for kind in AccountCode.Kind.values}
    for row in book.rows(AccountRow):
        known[row.kind].add(row.code)
    if not book.following:  # codes whose own rows have faults are no fault of those who name them
        for kind, key in book.left_out:
            if kind is AccountRow and key[0] in known:
                known[key[0]].add(key[1])
    return known


def check_account(book: Book, row: Row, name: str, kind: str, known: dict[str, set[str]] | None) -> None:
    """A code must stand in Account codes, where there is such a sheet."""
    value = getattr(row, name)
    if not value or known is None or value in known[kind]:
        return
    padded = sorted(code for code in known[kind] if code.lstrip("0") == value.lstrip("0"))
    hint = f"; perhaps {padded[0]}, stored as a number?" if padded else ""
    book.refuse(row, name, f"a {kind} code of the sheet Account codes{hint}")


def check(book: Book) -> None:
    known = known_accounts(book)
    for row in book.rows(AccountRow):
        check_account(book, row, "parent", row.kind, known)
        if row.parent == row.code:
            book.refuse(row, "parent", "the code of a group above, not the code itself")
    for row in book.rows(PositionRow):
        check_account(book, row, "salary_object", "object", known)
        parts = row.salary_cents + row.variable_benefits_cents + row.health_cents
        if parts != row.full_cost_cents:
            book.refuse(
                row, "full_cost_cents", f"the sum of salary, benefits and health, {parts / 100:,.2f}",
                f"{row.full_cost_cents / 100:,.2f}",
            )  # fmt: skip
    roles: dict[str, AssumptionRow] = {}
    for row in book.rows(AssumptionRow):
        if row.role and row.role in roles:
            book.refuse(row, "name", f"each rate once; row {roles[row.role].number} holds it already")
        roles.setdefault(row.role, row)


def write(book: Book, past: Past) -> None:
    _write_accounts(book, past)
    _write_funds(book, past)
    season = past.season.name
    past.make(
        PositionPrice,
        {
            row.code: PositionPrice(
                season=season,
                code=row.code,
                name=row.name,
                salary_cents=row.salary_cents,
                variable_benefits_cents=row.variable_benefits_cents,
                health_cents=row.health_cents,
                full_cost_cents=row.full_cost_cents,
                salary_object=account_code(past, "object", row.salary_object),
                note=row.note,
            )
            for row in book.rows(PositionRow)
        },
    )
    past.make(
        CostAssumption,
        {
            row.name: CostAssumption(
                season=season, name=row.name, role=row.role, value=row.value,
                value_unit=row.value_unit, note=row.note,
            )
            for row in book.rows(AssumptionRow)
        },
    )  # fmt: skip


def account_code(past: Past, kind: str, code: str | None) -> AccountCode | None:
    """The account code; made with its code as name where the district sent no chart of accounts."""
    if not code:
        return None
    found = past.get(AccountCode, (kind, code))
    if found is None:
        found = AccountCode.objects.create(season=past.season.name, kind=kind, code=code, name=code)
        past.keep(AccountCode, {(kind, code): found})
    return found


def _write_accounts(book: Book, past: Past) -> None:
    season = past.season.name
    codes = past.make(
        AccountCode,
        {
            row.key: AccountCode(season=season, kind=row.kind, code=row.code, name=row.name)
            for row in book.rows(AccountRow)
        },
    )
    children = []
    for row in book.rows(AccountRow):
        if row.parent:
            codes[row.key].parent = codes.get((row.kind, row.parent))
            children.append(codes[row.key])
    AccountCode.objects.bulk_update(children, ["parent"], batch_size=500)


def _write_funds(book: Book, past: Past) -> None:
    own = (
        "code", "name", "fund_type", "pays_for", "restriction", "rule", "allowed_functions",
        "allowed_objects", "title_i_only", "supplement_only", "ends_on",
    )  # fmt: skip
    funds = past.make(
        FundSource,
        {
            row.code: FundSource(
                season=past.season.name,
                rule_owner=past.get(Unit, row.rule_owner),
                **{name: getattr(row, name) for name in own},
            )
            for row in book.rows(FundRow)
        },
    )
    past.make(
        Envelope,
        {
            (row.code, year): Envelope(fund=funds[row.code], year=year, available_cents=cents)
            for row in book.rows(FundRow)
            for year, cents in zip(past.season.years, (row.year1, row.year2, row.year3), strict=False)
            if cents is not None
        },
    )
