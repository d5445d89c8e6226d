"""A page that is one form and one verb: shown, refused with what was typed, or done and left."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render

from .refused import refusals_on

TEMPLATE = "setup/form.html"


def form_page(request, form, act: Callable[[], object], *, back: str, done: str = "Saved.", **page):
    """Run `act` once the form is valid, say `done` and return to `back`.

    `page` holds title, back_label, and where wanted lede and submit.
    """
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            act()
            messages.success(request, done)
            return redirect(back)
    return render(request, TEMPLATE, {"form": form, "back": back, **page})
