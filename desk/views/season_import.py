"""A season workbook in the browser: upload, see what it holds and what is wrong, import."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render

from activity.opening import Unopenable
from people.access import only
from people.rules import can_import

from .. import demo
from ..season_import import importing, uploading
from ..season_import.moment import NoSuchStage, stages_of

SHOWN = 300  # faults and notes on one page


@only(can_import)
def upload(request):
    form = uploading.WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        uploading.keep(request, form.cleaned_data["workbook"])
        return redirect("season_import_confirm")
    return render(request, "desk/season_import.html", {"form": form})


@only(can_import)
def confirm(request):
    path = uploading.kept_for(request)
    if path is None:
        messages.error(request, "There is no uploaded workbook any more. Please choose it again.")
        return redirect("season_import")
    at = (request.POST.get("at") or request.GET.get("at", ""))[:200]
    try:
        found = importing.preview(path, at=at, skip_faulty=True)
        standing = importing.standing_season(found) if not found.blocking else None
        if request.method == "POST":
            return _import(request, found)
    except NoSuchStage as error:
        messages.error(request, str(error))
        return redirect("season_import_confirm")
    except (Unopenable, importing.Refusal) as error:
        uploading.forget(request)
        messages.error(request, str(error))
        return redirect("season_import")
    page = {"found": found, "standing": standing, "label": uploading.label_for(request), "shown": SHOWN}
    page |= {"at": at, "stages": stages_of(found.book)}
    return render(request, "desk/season_import_confirm.html", page)


def _import(request, found: importing.Preview):
    """Import what was previewed; faulty rows are left out only when that was chosen."""
    if found.digest != request.POST.get("digest"):
        raise importing.Refusal("Another workbook was uploaded since. Please look at it first.")
    if found.faults and request.POST.get("skip") != "yes":
        messages.error(request, "The workbook has faults. Nothing was imported.")
        return redirect("season_import_confirm")
    season = importing.import_season(found, by=request.user)
    uploading.forget(request)
    if season is None:
        messages.info(
            request, f"Season {found.season} was imported from this workbook before; nothing changed."
        )
    else:
        left = f" {len(found.faults)} faults were left out." if found.faults else ""
        messages.success(request, f"Season {season.name} is imported: {found.total:,} rows.{left}")
        if settings.DEMO and found.until:
            demo.move_clock_to(found.until)
    return redirect("home")
