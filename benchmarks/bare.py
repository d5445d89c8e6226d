"""The yardstick: a page that lists rows of one plain query in a plain table, and nothing else."""

from django.http import HttpResponse
from django.template import engines

from people.access import members
from proposals.models import Proposal

TABLE = """<!doctype html><title>Rows</title><table>
{% for row in rows %}<tr><td>{{ row.code }}</td><td>{{ row.title }}</td><td>{{ row.status }}</td>
<td>{{ row.reach }}</td><td>{{ row.students_served }}</td></tr>{% endfor %}</table>"""
_table = None


@members
def bare(request, rows):
    """`rows` rows of proposals, with the session and the person that every page reads."""
    global _table
    _table = _table or engines["django"].from_string(TABLE)
    names = ("code", "title", "status", "reach", "students_served")
    found = Proposal.objects.order_by("pk").values(*names)[:rows]
    return HttpResponse(_table.render({"rows": found, "user": request.user.name}, request=None))
