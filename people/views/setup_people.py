"""Setting up people: accounts, invitations and posts."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import reverse

from activity import clock
from activity.actions import recorded_together
from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on

from .. import actions, rules
from ..access import only
from ..forms import NewPersonForm, PersonForm, PostForm
from ..models import Post, User

INVITED = (
    "{name} is invited by mail to {email}. If the mail does not arrive, hand over this address, "
    "which works once: {url}"
)


@only(rules.can_set_up_people)
def people(request):
    wanted = request.GET.get("q", "").strip()[:100]
    rows = User.objects.select_related("unit").prefetch_related(
        Prefetch("posts", queryset=Post.objects.current().select_related("unit"), to_attr="running")
    )
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted))
    page = Paginator(rows.order_by("-is_active", "name"), 50).get_page(request.GET.get("page"))
    return render(request, "people/setup_people.html", {"page": page, "wanted": wanted})


@only(rules.can_set_up_people)
def person_new(request):
    form = NewPersonForm(request.POST or None)
    return form_page(
        request, form, lambda: _added(request, form.cleaned_data),
        title="Add a person", back=reverse("setup_people"), back_label="People",
        done=lambda person: f"{person} is added.",
        onward=lambda person: reverse("setup_person", args=[person.pk]),
    )  # fmt: skip


@transaction.atomic
@recorded_together()
def _added(request, data: dict) -> User:
    fields = {name: data[name] for name in ("name", "email", "title", "unit")}
    person = actions.add_person(by=request.user, **fields)
    if data["role"]:
        actions.give_post(person=person, unit=data["unit"], role=data["role"], by=request.user)
    if data["invite"]:
        _say_invited(request, person)
    return person


@only(rules.can_set_up_people)
def person(request, pk):
    row = rules.person_for(request.user, pk)
    form = PersonForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.change_person(person=row, values=form.cleaned_data, by=request.user)
            messages.success(request, "Saved.")
            return redirect("setup_person", pk)
    context = {
        "person": row, "form": form, "posts": row.posts.select_related("unit"), "today": clock.today(),
        "reasons": rules.blockers_to_deactivate(row), "can_sign_in": row.has_usable_password(),
    }  # fmt: skip
    return render(request, "people/setup_person.html", context)


@only(rules.can_set_up_people)
def post_new(request, pk):
    row = rules.person_for(request.user, pk)
    form = PostForm(request.POST or None, initial={"unit": row.unit_id})
    return form_page(
        request, form, lambda: actions.give_post(person=row, by=request.user, **form.cleaned_data),
        title=f"Give {row} a post", back=reverse("setup_person", args=[pk]), back_label=row.name,
        done=lambda post: f"{row} is now {post.get_role_display().lower()} of {post.unit}.",
    )  # fmt: skip


@only(rules.can_set_up_people)
def post_end(request, pk):
    post = rules.post_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.end_post(post=post, by=request.user)
            messages.success(request, f"Ended: {post}.")
    return redirect("setup_person", post.person_id)


@only(rules.can_set_up_people)
def person_invite(request, pk):
    row = rules.person_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            _say_invited(request, row)
    return redirect("setup_person", pk)


@only(rules.can_set_up_people)
def person_deactivate(request, pk):
    row = rules.person_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.deactivate_person(person=row, by=request.user)
            messages.success(request, f"{row} can no longer sign in, and all posts ended.")
    return redirect("setup_person", pk)


@only(rules.can_set_up_people)
def person_reactivate(request, pk):
    row = rules.person_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            actions.reactivate_person(person=row, by=request.user)
            messages.success(request, f"{row} is back. Give posts anew where they are wanted.")
    return redirect("setup_person", pk)


def _say_invited(request, person: User) -> None:
    url = actions.invite_person(person=person, by=request.user)
    messages.success(request, INVITED.format(name=person.name, email=person.email, url=url))
