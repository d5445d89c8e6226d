"""The demo bar's pages: who you are and when it is. They do not exist outside of the demo."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from activity import clock
from goals.models import Season, Stage
from people.access import public
from people.models import User

from .. import demo_people, reminders

BACKEND = "django.contrib.auth.backends.ModelBackend"


def demo_only(view):
    """Anybody in the demo; a missing page everywhere else."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return public(guarded)


@demo_only
def people(request):
    if request.method == "POST":
        return _become(request)
    wanted = request.GET.get("q", "").strip()[:100]
    page = {
        "groups": demo_people.people_found(wanted),
        "roles": demo_people.KEY_ROLES,
        "wanted": wanted,
        "most": demo_people.MOST,
        "next": request.GET.get("next", ""),
    }
    return render(request, "desk/demo_people.html", page)


def _become(request):
    """Sign in as the chosen person, or as somebody with the chosen role, without a password."""
    chosen, role = request.POST.get("person", ""), request.POST.get("role", "")
    active = User.objects.filter(is_active=True)
    person = active.filter(pk=chosen).first() if chosen.isdigit() else demo_people.somebody_with(role)
    if person is None:
        messages.error(request, "Nobody of that kind is in this district. Please pick a person.")
        return redirect("demo_people")
    login(request, person, backend=BACKEND)
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("home")


@demo_only
def when(request):
    stages = [
        {"stage": stage, "is_open": stage.opens <= clock.today() <= stage.closes}
        for stage in Stage.objects.filter(season=_season())
    ]
    return render(request, "desk/demo_when.html", {"stages": stages, "today": clock.today()})


@demo_only
def jump(request, order):
    """The season as it was in a stage. Asks first, since what was entered is discarded."""
    stage = _stage(order)
    if request.method != "POST":
        return render(request, "desk/demo_jump.html", {"stage": stage})
    from .. import demo  # the workbook reader is loaded only where it is needed

    person = demo.jump(stage, request.user if request.user.is_authenticated else None)
    if person:
        login(request, person, backend=BACKEND)
    return _arrive(request, f"It is {stage.name} now, and the season is as it was then.")


@demo_only
def move(request, order):
    """Only the clock; what was entered stays."""
    if request.method != "POST":
        return redirect("demo_when")
    from .. import demo

    stage = _stage(order)
    demo.move_clock(stage)
    return _arrive(request, f"It is {stage.name} now. What was entered is still there.")


def _season() -> Season | None:
    """The newest season with a calendar: one that was only begun leads nowhere."""
    return Season.objects.filter(stages__isnull=False).order_by("fiscal_year_starts").last()


def _stage(order: int) -> Stage:
    return get_object_or_404(Stage, season=_season(), order=order)


def _arrive(request, sentence: str):
    """Write and send what is due at the new moment."""
    reminders.sweep()
    reminders.send_due()
    messages.success(request, sentence)
    return redirect("home")
