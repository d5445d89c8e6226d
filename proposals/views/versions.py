"""Versions: who kept them, when and why, and any two of them against each other."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from activity.refused import refusals_on
from people.access import members

from .. import rules
from ..actions.versions import name_version
from ..arithmetic.comparing import compare
from ..forms.remarks import VersionNameForm
from ..models import Section
from ..models.content import content_of
from .workspace import frame

NOW = "now"


@members
def proposal_versions(request, pk):
    """The list, a choice of two to compare, and for sponsors a form to keep one more."""
    proposal = rules.proposal_for(request.user, pk)
    request.season = proposal.season
    form = VersionNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = name_version(proposal=proposal, by=request.user, **form.cleaned_data)
            messages.success(request, f"Version {version.number} is kept.")
            return redirect("proposal_versions", pk)
    versions = list(rules.versions_for(request.user, proposal).defer("content").select_related("frozen_by"))
    keeps = rules.can_edit(request.user, proposal) and not rules.blockers_to_edit(proposal)
    page = frame(request, proposal, "proposal_versions") if rules.is_sponsor(request.user, proposal) else {}
    page |= {"proposal": proposal, "form": form, "versions": versions, "keeps": keeps}
    page["choices"] = _choices(request.user, proposal, versions)
    return render(request, "proposals/versions.html", page)


@members
def proposal_compare(request, pk):
    """What differs between two versions, or between one and the text as it stands."""
    proposal = rules.proposal_for(request.user, pk)
    request.season = proposal.season
    versions = list(rules.versions_for(request.user, proposal).defer("content").select_related("frozen_by"))
    choices = _choices(request.user, proposal, versions)
    keys = [key for key, _ in choices]
    before = request.GET.get("from") or (keys[1] if len(keys) > 1 else "")
    after = request.GET.get("to") or (keys[0] if keys else "")
    if not {before, after} <= {*keys, ""}:
        raise Http404
    page = {"proposal": proposal, "choices": choices, "before": before, "after": after}
    if before and after:
        old, new = (_content(proposal, key) for key in (before, after))
        page |= {"result": compare(old, new, dict(Section.Kind.choices)), "title": new["title"]}
        page |= {"names": dict(choices), "years": proposal.season.years}
    return render(request, "proposals/compare.html", page)


def _choices(user, proposal, versions) -> list[tuple[str, str]]:
    """Keys and names of what may be compared, newest first; the text at work is the sponsors'."""
    now = rules.is_sponsor(user, proposal) and proposal.is_editable
    return [
        *([(NOW, "As it stands now")] if now else []),
        *(
            (str(v.number), f"Version {v.number}, {v.label or v.get_kind_display().lower()}")
            for v in versions
        ),
    ]


def _content(proposal, key: str) -> dict:
    return content_of(proposal) if key == NOW else proposal.versions.get(number=key).content
