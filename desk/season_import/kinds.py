"""All row kinds of a season workbook, from the apps that take them."""

import funds.imports
import goals.imports
import investments.imports
import people.imports
import proposals.imports
import reviews.imports
import slates.imports
from activity.sheets import Book, Row

# In the order of the sheets; rows of settings first, since they name the years.
APPS = (
    people.imports, goals.imports, funds.imports, proposals.imports, reviews.imports,
    slates.imports, investments.imports,
)  # fmt: skip
ALL: list[type[Row]] = [kind for app in APPS for kind in app.ROWS]
SETTINGS = [kind for kind in ALL if kind.SETTINGS]
RECORDS = [kind for kind in ALL if not kind.SETTINGS]
BY_SHEET: dict[str, type[Row]] = {kind.SHEET: kind for kind in RECORDS}


def check_all(book: Book) -> None:
    """What each app demands between rows, in the order of the floors."""
    for app in APPS:
        app.check(book)
