"""My page, and the directory of who speaks for which unit."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import redirect, render

from activity.refused import refusals_on

from .. import actions
from ..access import members
from ..forms import OwnPageForm
from ..models import Post, Unit
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
    speaking = Post.objects.current().filter(role__in=[Post.Role.HEAD, Post.Role.DEPUTY])
    units = (
        Unit.objects.select_related("parent", "cabinet_member")
        .prefetch_related(Prefetch("posts", queryset=speaking.select_related("person"), to_attr="speaking"))
        .order_by("name")
    )
    wanted = request.GET.get("q", "").strip()[:100]
    if wanted:
        units = units.filter(name__icontains=wanted) | units.filter(code__iexact=wanted)
    others = (
        Post.objects.current()
        .exclude(role__in=[Post.Role.HEAD, Post.Role.DEPUTY, Post.Role.CONTRIBUTOR, Post.Role.PRINCIPAL])
        .select_related("person", "unit")
        .order_by("role", "person__name")
    )
    page = Paginator(units, 50).get_page(request.GET.get("page"))
    return render(request, "people/directory.html", {"page": page, "others": others, "wanted": wanted})
