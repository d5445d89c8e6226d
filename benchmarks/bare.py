"""The yardstick: a page that lists the same rows in a plain table, and nothing else."""

from functools import cache

from django.http import HttpResponse
from django.template import engines

from people.access import members

from .yardsticks import Yardstick

TABLE = """<!doctype html><title>{{ user }}</title><table>
{%% for row in rows %%}<tr><td>%s</td></tr>
{%% endfor %%}</table>"""

# By the name of the page; `pages()` writes it.
ROWS: dict[str, Yardstick] = {}


@members
def bare(request, name):
    """The rows of the page `name`, with the session and the person that every page reads."""
    return HttpResponse(_table(name).render({"rows": ROWS[name].rows(), "user": request.user.name}))


@cache
def _table(name):
    return engines["django"].from_string(TABLE % "</td><td>".join(ROWS[name].cells))
