"""The page behind a one-time address. Opening it changes nothing; sending the form does."""

from django.conf import settings
from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from activity.refused import refusals_on

from .. import actions
from ..access import public
from ..forms import FirstWelcomeForm, WelcomeForm
from ..models import District

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@never_cache
@public
def welcome(request, token):
    invitation = actions.invitation_of(token)
    if invitation is None:
        return render(request, "people/welcome_gone.html", status=404)
    is_first = invitation.makes_administrator and not District.objects.exists()
    form_class = FirstWelcomeForm if is_first else WelcomeForm
    suggested = invitation.person or invitation
    form = form_class(request.POST or None, initial={"name": suggested.name, "email": suggested.email})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            person = actions.accept_invitation(token=token, **_typed(form))
            login(request, person, backend=BACKEND)
            return redirect("setup" if invitation.makes_administrator else "home")
    return render(request, "people/welcome.html", {"form": form, "is_first": is_first})


def _typed(form) -> dict:
    """What the verb wants: the person, and the district apart from them."""
    data = form.cleaned_data
    person = {name: data[name] for name in ("name", "email", "password")}
    if not isinstance(form, FirstWelcomeForm):
        return person
    return person | {"district": {n: data[f"district_{n}"] for n in ("name", "short_name", "time_zone")}}
