"""Readers of single workbook cells: what is certain is normalised, everything else is refused.

A reader takes a raw value and gives a typed one, or raises ValueError with what is allowed.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

Reader = Callable[[Any], Any]

LONGEST = 32_767  # characters; more does not fit into a cell of any spreadsheet program
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how the file format writes what XML cannot hold
_WORDED = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d-%b-%Y", "%d-%B-%Y")
_YES = {"yes", "y", "true", "x", "1"}
_NO = {"no", "n", "false", "0"}


def cleaned(value: str) -> str:
    """Without outer and non-breaking spaces; a character that no page can show is refused."""
    words = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip()
    words = words.replace("\u200b", "").replace("\ufeff", "")
    if len(words) > LONGEST:
        raise ValueError(f"at most {LONGEST:,} characters in one cell")
    for sign in words:
        if unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t":
            raise ValueError(f"no control characters (it holds U+{ord(sign):04X}); type the text again")
    return words


def letter_of(column: int) -> str:
    """“AB” for 28, as a spreadsheet names its columns."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def one_line(value: Any) -> str:
    """The words of a cell on one line; a whole number is taken as its digits."""
    if isinstance(value, bool | datetime | date | time):
        raise ValueError("text; format the cell as text and type it again")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(cleaned(str(value)).split())


def text(longest: int = 200) -> Reader:
    """Words on one line, at most `longest` characters."""

    def read(value: Any) -> str:
        words = one_line(value)
        if len(words) > longest:
            raise ValueError(f"at most {longest} characters; it has {len(words)}")
        return words

    return read


def long_text(value: Any) -> str:
    """Words with their line breaks."""
    return cleaned(value) if isinstance(value, str) else one_line(value)


def code(longest: int = 20) -> Reader:
    """A code; stored as a number it is taken as its digits."""

    def read(value: Any) -> str:
        if isinstance(value, float) and not value.is_integer():
            raise ValueError("a code as text; format the cell as text and type it again")
        return text(longest)(value)

    return read


def several(reader: Reader) -> Reader:
    """A list in one cell, separated by semicolons."""

    def read(value: Any) -> tuple:
        if not isinstance(value, str):
            return (reader(value),)
        parts = [reader(part) for part in value.split(";") if part.strip()]
        twice = {str(part) for part in parts if parts.count(part) > 1}
        if twice:
            raise ValueError(f"each entry once; {', '.join(sorted(twice))} stands there twice")
        return tuple(parts)

    return read


def decimal_of(value: Any) -> Decimal:
    """The number as it was typed; the noise of binary fractions is taken away."""
    if isinstance(value, bool | datetime | date | time):
        raise ValueError("a number")
    if isinstance(value, str):
        words = cleaned(value).replace("−", "-").rstrip("%" if "%" in value else "")
        if "%" in value or not _NUMBER.fullmatch(words) or not any(c.isdigit() for c in words):
            raise ValueError("a number like 1234 or 41.2")
        return Decimal(words.replace(",", ""))
    if isinstance(value, float):
        return Decimal(f"{value:.12g}") if abs(value) < 1e12 else Decimal(repr(value))
    return Decimal(value)


def number(places: int = 3, least: int | None = None, most: int = 10**10) -> Reader:
    """A number with at most `places` decimals."""

    def read(value: Any) -> Decimal:
        found = decimal_of(value)
        if not found.is_finite() or abs(found) > most:
            raise ValueError(f"a number up to {most:,}")
        if least is not None and found < least:
            raise ValueError(f"a number from {least} on; negative numbers have no meaning here")
        if found != round(found, places):
            raise ValueError(f"a number with at most {places} decimals" if places else "a whole number")
        return round(found, places)

    return read


def whole(least: int = 0, most: int = 1_000_000_000) -> Reader:
    """A whole number between two bounds."""

    def read(value: Any) -> int:
        found = decimal_of(value)
        if not found.is_finite() or found != int(found) or not least <= found <= most:
            raise ValueError(f"a whole number from {least:,} to {most:,}")
        return int(found)

    return read


def _slashed(words: str) -> date | None:
    match = _SLASHED.fullmatch(words)
    if not match:
        return None
    first, second, year = (int(part) for part in match.groups())
    if first <= 12 and second <= 12 and first != second:
        either = f"{year}-{first:02d}-{second:02d} or {year}-{second:02d}-{first:02d}"
        raise ValueError(f"a date with one meaning: write {either}")
    month, day_ = (first, second) if first <= 12 else (second, first)
    return date(year, month, day_)


def _date_of_words(words: str) -> date:
    if match := _ISO.fullmatch(words):
        return date(*(int(part) for part in match.groups()))
    if found := _slashed(words):
        return found
    plain = " ".join(words.replace(",", " ").split())
    for form in _WORDED:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError("a date like 2026-03-20")


def day(value: Any) -> date:
    """A day; dates written as text are taken where only one reading is possible."""
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, str):
        try:
            found = _date_of_words(cleaned(value))
        except ValueError as error:
            known = "a date" in str(error)
            raise ValueError(str(error) if known else "a date that exists, like 2026-03-20") from None
    else:
        raise ValueError("a date; format the cell as a date")
    if not 1990 <= found.year <= 2100:
        raise ValueError("a date between 1990 and 2100")
    return found


def month(value: Any) -> date:
    """A month, written as its first day."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}", value.strip(), re.ASCII):
        value = f"{value.strip()}-01"
    found = day(value)
    if found.day != 1:
        raise ValueError(f"the first day of a month, such as {found.replace(day=1)}")
    return found


def yes_no(value: Any) -> bool:
    words = str(value).strip().casefold() if not isinstance(value, float) else str(int(value))
    if words in _YES:
        return True
    if words in _NO:
        return False
    raise ValueError("Yes or No")


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[_\-\s]+", " ", words).casefold().split())


def choice(choices: Iterable[tuple[str, str]], extra: dict[str, str] | None = None) -> Reader:
    """One of the words of a list, in any case; `extra` holds the workbook's own words for values."""
    pairs = list(choices)
    known = {_folded(value): value for value, _label in pairs}
    known |= {_folded(label): value for value, label in pairs}
    known |= {_folded(word): value for word, value in (extra or {}).items()}
    shown = list(extra) if extra else [label for _value, label in pairs]

    def read(value: Any) -> str:
        words = one_line(value)
        if _folded(words) not in known:
            raise ValueError("one of: " + "; ".join(shown))
        return known[_folded(words)]

    return read
