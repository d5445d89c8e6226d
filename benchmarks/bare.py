"""The yardstick: a page that lists the rows of one plain query in a plain table, and nothing else."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import HttpResponse
from django.template import engines

from people.access import members

TABLE = """<!doctype html><title>{{ user }}</title><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>"""
_table = None

# The query of each page's own rows, by the name of the page; `pages()` writes it.
ROWS: dict[str, Callable[[], QuerySet]] = {}


@members
def bare(request, name):
    """The rows of the page `name`, with the session and the person that every page reads."""
    global _table
    _table = _table or engines["django"].from_string(TABLE)
    return HttpResponse(_table.render({"rows": ROWS[name](), "user": request.user.name}, request=None))
