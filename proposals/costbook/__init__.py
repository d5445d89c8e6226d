"""Cost lines as a workbook: written for people to edit, and read back with what every cell may hold."""

from .checking import by_place, codes_by_name, faults_in, in_words, values_of, with_codes
from .reading import Workbook, read
from .shape import MOST_BYTES, Codes, dollars, name_of, plain_lines
from .writing import written

__all__ = [
    "MOST_BYTES",
    "Codes",
    "Workbook",
    "by_place",
    "codes_by_name",
    "dollars",
    "faults_in",
    "in_words",
    "name_of",
    "plain_lines",
    "read",
    "values_of",
    "with_codes",
    "written",
]
