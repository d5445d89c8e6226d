"""My page, and the directory of who speaks for which unit."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render

from activity.refused import refusals_on

from .. import actions
from ..access import members
from ..directory import SPEAKERS, guards, speakers_of, units_by_name
from ..forms import OwnPageForm
from ..rules import person_for


@members
def me(request):
    person = person_for(request.user, request.user.pk)
    form = OwnPageForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_person(person=person, values=form.cleaned_data, by=request.user)
            messages.success(request, "Saved.")
            return redirect("me")
    return render(request, "people/me.html", {"form": form, "person": person})


@members
def people(request):
    wanted = request.GET.get("q", "").strip()[:100]
    page = Paginator(units_by_name(wanted), 50).get_page(request.GET.get("page"))
    speakers = speakers_of(pk for pk, *_ in page)
    rows = [(*unit, *(speakers.get((pk, role), []) for role in SPEAKERS)) for pk, *unit in page]
    context = {"page": page, "rows": rows, "others": guards(), "wanted": wanted}
    return render(request, "people/directory.html", context)
