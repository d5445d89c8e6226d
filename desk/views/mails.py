"""Mails that were written to me; in the demo those to everybody."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render

from people.access import members

from .. import rules


@members
def mails(request):
    rows = rules.mails_for(request.user)
    wanted = request.GET.get("q", "").strip()[:100]
    if wanted and settings.DEMO:
        rows = rows.filter(person_name__icontains=wanted)
    page = Paginator(rows.defer("text"), 50).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "given_up": rules.mails_given_up_for(request.user)}
    return render(request, "desk/mails.html", context)


@members
def mail(request, pk):
    return render(request, "desk/mail.html", {"mail": rules.mail_for(request.user, pk)})
