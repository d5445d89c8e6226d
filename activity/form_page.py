"""A page that is one form and one verb: shown, refused with what was typed, or done and left."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render

from .refused import refusals_on

TEMPLATE = "setup/form.html"


def form_page(
    request, form, act: Callable[[], Any], *, back: str,
    done: str | Callable[[Any], str] = "Saved.", onward: Callable[[Any], str] | None = None,
    stands: Callable[[], dict[str, Any]] | None = None, **page,
):  # fmt: skip
    """Run `act` once the form is valid, say `done` and return to `back`, or go `onward` with what was made.

    `stands` reads anew what others may have saved, for a form that tells two people's edits apart.
    `page` holds title, back_label, and where wanted lede and submit.
    """
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = act()
            messages.success(request, done(made) if callable(done) else done)
            return redirect(onward(made) if onward else back)
    if stands is not None and form.is_bound:
        form.catch_up(stands())
    return render(request, TEMPLATE, {"form": form, "back": back, **page})
