"""The chart of accounts: pasted from a spreadsheet, or the national one as a start."""

from django.db import transaction
from django.db.models import ProtectedError

from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from people.actions.holding import hold_district
from people.models import User

from .. import rules
from ..models import AccountCode
from ..nces import CHART
from .funds import WHO

# A chart of accounts is long, but not endless.
MOST_LINES = 5_000


@transaction.atomic
def paste_accounts(*, season: str, kind: str, text: str, by: User) -> tuple[int, int]:
    """Take lines of “code, tab, name”; returns how many were added and renamed. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_funds(by), WHO)
    names = _read(text)
    added, renamed = _write(season, kind, names)
    if added or renamed:
        label = AccountCode.Kind(kind).label.lower()
        said = _any_of(season)
        record("paste", said, f"added {added} and renamed {renamed} {label} codes of {season}", by=by)
    return added, renamed


@transaction.atomic
def load_usual_accounts(*, season: str, by: User) -> int:
    """Begin with the national chart (NCES); returns how many codes. Raises Refused."""
    hold_district()
    allow(rules.can_set_up_funds(by), WHO)
    if AccountCode.objects.filter(season=season).exists():
        raise Refused("There is a chart of accounts already. Paste further codes into it.")
    codes = AccountCode.objects.bulk_create(
        (_account(season, kind, *named) for kind, text in CHART.items() for named in _read(text).items()),
        batch_size=500,
    )
    number, first = len(codes), min(codes, key=lambda account: (account.kind, account.code))
    record("load", first, f"loaded the national chart of accounts, {number} codes", by=by)
    return number


@transaction.atomic
def remove_account(*, account: AccountCode, by: User) -> None:
    """Remove a code that nothing uses. Raises Refused."""
    account = AccountCode.objects.select_for_update(of=("self",)).get(pk=account.pk)
    allow(rules.can_set_up_funds(by), WHO)
    record("remove", account, f"removed {account.get_kind_display().lower()} code {account}", by=by)
    try:
        account.delete()
    except ProtectedError:
        raise Refused(f"Code {account.code} is in use, so it stays.") from None


def _read(text: str) -> dict[str, str]:
    """Names by code; every line that cannot be read is said."""
    names: dict[str, str] = {}
    reasons = []
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(f"These are {len(lines):,} lines; at most {MOST_LINES:,} can be taken at once.")
    for number, line in enumerate(lines, 1):
        code, _tab, name = line.strip().partition("\t" if "\t" in line.strip() else " ")
        code, name = code.strip(" ;,"), name.strip()
        if not code or not name:
            reasons.append(f"Line {number}, “{line.strip()[:40]}”: write the code, a tab, and the name.")
        elif len(code) > 20 or len(name) > 200:
            reasons.append(f"Line {number}: a code has at most 20 characters, a name at most 200.")
        elif code in names:
            reasons.append(f"Line {number}: code {code} stands twice. Keep one of the two lines.")
        names[code] = name
    if not lines:
        reasons.append("There is nothing to take. Paste lines of a code and a name.")
    refuse_if(reasons[:10])
    return names


def _write(season: str, kind: str, names: dict[str, str]) -> tuple[int, int]:
    there = {account.code: account for account in AccountCode.objects.filter(season=season, kind=kind)}
    renamed = []
    for code in names.keys() & there.keys():
        if there[code].name != names[code]:
            there[code].name = names[code]
            renamed.append(there[code])
    AccountCode.objects.bulk_update(renamed, ["name"], batch_size=500)
    new = [_account(season, kind, code, name) for code, name in names.items() if code not in there]
    AccountCode.objects.bulk_create(new, batch_size=500)
    return len(new), len(renamed)


def _account(season: str, kind: str, code: str, name: str) -> AccountCode:
    return AccountCode(season=season, kind=kind, code=code, name=name)


def _any_of(season: str) -> AccountCode:
    """The chart has no row of its own; its first code stands for it in the history."""
    return AccountCode.objects.filter(season=season).order_by("kind", "code")[0]
