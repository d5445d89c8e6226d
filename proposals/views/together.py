"""Workspace: who sponsors, who signed on, submitting and withdrawing."""

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from activity.form_page import form_page
from activity.refused import refusals_as_messages, refusals_on
from people.access import members

from .. import rules
from ..actions import sponsors, submission
from ..arithmetic import hours_by_month
from ..arithmetic.comparing import differences
from ..forms.rows import ContributionForm, InviteForm, OwnContributionForm
from ..forms.texts import WithdrawForm
from ..models import Section
from ..models.content import substance_of, substance_part
from ..money import money_of, noted_lines
from ..rules import partners
from ..workflow import Status
from .workspace import whole

TAKEN_BACK = (
    "The invitation of {} was taken back or declined while you were writing. Ask the lead for a new one if "
    "your unit wants to join."
)
LEFT = (
    "{} left the proposal while you were writing. Ask the lead for a new invitation if your unit wants to "
    "join again."
)
SEEN = "what a sponsor read before signing on"
ACCEPTED = (
    "{} sponsors {} now: its people may write, add costs and ask others for support. You sign on for it once "
    "texts and costs stand; that then waits for you at home."
)


@members
def proposal_sponsors(request, pk):
    """Who owns it together, with invitations and their answers."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = InviteForm(request.POST or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            invited = sponsors.invite_sponsor(proposal=proposal, by=request.user, **form.cleaned_data)
            messages.success(request, f"{invited.unit} is invited. Its head and deputy are told.")
            return redirect("proposal_sponsors", pk)
    context = whole(request, proposal, "proposal_sponsors")
    context["speaks"] = rules.speaks_for_sponsor(request.user, proposal)
    context["rows"] = [_row(request.user, s, context) for s in proposal.standing_sponsorships]
    context["longest_reason"] = sponsors.LONGEST_REASON
    context["offers"] = partners.standing_offers(proposal)
    return render(request, "proposals/sponsors.html", context | {"form": form})


def _row(user, sponsorship, context: dict) -> dict:
    proposal = context["proposal"]
    window = not rules.blockers_to_edit(proposal)
    accepted = sponsorship.accepted_at is not None
    mine = user.speaks_for(sponsorship.unit_id)
    return {
        "sponsorship": sponsorship,
        "signed": sponsorship.unit.code in context["signed"],
        "can_answer": window and rules.can_answer_invitation(user, sponsorship),
        "can_take_back": window and not accepted and rules.can_edit(user, proposal),
        "can_leave": window and accepted and mine and not sponsorship.is_lead,
        "can_hand_on": window and accepted and not sponsorship.is_lead and rules.can_lead(user, proposal),
        "can_contribute": window and accepted and user.works_for(sponsorship.unit_id),
    }


@members
def sponsor_accept(request, pk):
    """Accept an invitation, or say anew what the unit brings; what was typed while it ended is shown."""
    try:
        return _contribution(request, pk)
    except Http404:
        if request.method != "POST":
            raise
    row = rules.ended_sponsorship_for(request.user, pk)
    form = OwnContributionForm(request.POST)
    form.full_clean()
    gone = LEFT if row.accepted_at else TAKEN_BACK
    context = {"sponsorship": row, "form": form, "closed": [gone.format(row.unit)]}
    return render(request, "proposals/sponsor_gone.html", context)


def _contribution(request, pk):
    row = rules.sponsorship_for(request.user, pk)
    form = OwnContributionForm(request.POST or None, initial={"contribution": row.contribution})

    def act():
        if row.accepted_at is None:
            return sponsors.accept_invitation(sponsorship=row, by=request.user, **form.values)
        return sponsors.edit_contribution(sponsorship=row, by=request.user, began=form.began, **form.values)

    return form_page(
        request, form, act,
        stands=lambda: {"contribution": rules.sponsorship_for(request.user, pk).contribution},
        back=reverse("proposal_sponsors", args=[row.proposal_id]), back_label=str(row.proposal),
        title=f"What {row.unit} brings" if row.accepted_at else f"Sponsor it for {row.unit}",
        submit="Save" if row.accepted_at else "Accept the invitation",
        done="Saved." if row.accepted_at else ACCEPTED.format(row.unit, row.proposal.code),
        lede="Sponsors own the work and the result together, and each signs on before it is submitted.",
    )  # fmt: skip


@members
def sponsor_decline(request, pk):
    sponsorship = rules.sponsorship_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            sponsors.decline_invitation(sponsorship=sponsorship, by=request.user)
            messages.success(request, "You declined. The sponsors can read it on their page.")
            return redirect("home")
    return redirect("proposal_sponsors", sponsorship.proposal_id)


@members
def sponsor_leave(request, pk):
    sponsorship = rules.sponsorship_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            left = sponsors.leave(
                sponsorship=sponsorship, by=request.user, reason=request.POST.get("reason", "")
            )
            messages.success(request, f"{sponsorship.unit} is no longer a sponsor.")
            if not rules.is_sponsor(request.user, left.proposal):
                return redirect("proposals")
    return redirect("proposal_sponsors", sponsorship.proposal_id)


@members
def sponsor_lead(request, pk):
    sponsorship = rules.sponsorship_for(request.user, pk)
    if request.method == "POST":
        with refusals_as_messages(request):
            sponsors.change_lead(sponsorship=sponsorship, by=request.user)
            messages.success(request, f"{sponsorship.unit} leads now.")
    return redirect("proposal_sponsors", sponsorship.proposal_id)


@members
def proposal_sign(request, pk):
    """The substance, what differs from what was signed before, and the sign-on."""
    form = ContributionForm(request.POST or None)
    row = rules.sponsorship_of(request.user, pk, request.POST.get("sponsorship", ""))
    if request.method == "POST" and row and form.is_valid():
        with refusals_on(form):
            seen = substance_of(read) if (read := _read_before(request)) else ""
            submission.sign_on(sponsorship=row, by=request.user, seen=seen, **form.cleaned_data)
            messages.success(request, f"{row.unit} has signed on.")
            return redirect("proposal_sign", pk)
    context = _to_sign(request, rules.editable_proposal_for(request.user, pk))
    if not form.is_bound and context["mine"]:
        form = ContributionForm(initial={"contribution": context["mine"].contribution})
    if not context["proposal"].is_editable:
        form.hold_fast()
    return render(request, "proposals/sign.html", context | {"form": form})


def _read_before(request) -> dict | None:
    """The substance that the posted page showed, signed by us; None where nothing of ours was sent."""
    try:
        return signing.loads(request.POST.get("seen", ""), salt=SEEN)
    except signing.BadSignature:
        return None


def _to_sign(request, proposal) -> dict:
    context = whole(request, proposal, "proposal_sign")
    content = context["content"]
    mine = rules.sponsorship_to_sign(request.user, proposal, context["signed"])
    before = rules.signed_before(mine) if mine else None
    lines = noted_lines(proposal, content)
    return context | money_of(content, proposal.season) | {
        "noted_lines": lines,
        "noted": [line for line in lines if line["notes"]],
        "mine": mine,
        "seen": signing.dumps(substance_part(content), salt=SEEN, compress=True),
        "meanwhile": differences(read, content) if (read := _read_before(request)) else [],
        "before": before,
        "differences": differences(before.version.content, content) if before else [],
        "blockers": rules.blockers_to_sign_on(proposal, content),
    }  # fmt: skip


@members
def proposal_submit(request, pk):
    """What is missing, and the button once nothing is."""
    proposal = rules.editable_proposal_for(request.user, pk, acting=request.method == "POST")
    if request.method == "POST":
        with refusals_as_messages(request):
            submission.submit(proposal=proposal, by=request.user)
            messages.success(request, f"{proposal.code} is submitted. Everybody can read it now.")
            return redirect(proposal)
        return redirect("proposal_submit", pk)
    context = whole(request, proposal, "proposal_submit") | {
        "can_submit": rules.can_submit(request.user, proposal),
        "can_withdraw": rules.can_withdraw(request.user, proposal),
    }
    if proposal.is_editable:
        context |= _to_review(proposal, context["content"])
    return render(request, "proposals/submit.html", context)


def _to_review(proposal, content) -> dict:
    """What others will read, in short, with what was left empty and what breaks a rule of a fund."""
    written = content["sections"]
    return money_of(content, proposal.season) | {
        "noted": [line for line in noted_lines(proposal, content) if line["notes"]],
        "empty": [label for kind, label in Section.Kind.choices if not written.get(kind)]
        + ([] if content["evidence_tier"] else ["Evidence (ESSA tier)"]),
        "hours": sum(hours for _month, hours, _schools in hours_by_month(content)),
        "before": proposal.versions.filter(kind__in=rules.READ_BY_ALL).order_by("-number").first()
        if proposal.status == Status.IN_REVISION
        else None,
    }


@members
def proposal_withdraw(request, pk):
    """Withdraw, after saying why."""
    proposal = rules.editable_proposal_for(request.user, pk)
    form = WithdrawForm(request.POST or None)
    return form_page(
        request, form,
        lambda: submission.withdraw(proposal=proposal, by=request.user, **form.cleaned_data),
        back=proposal.get_absolute_url(), back_label=str(proposal), title=f"Withdraw {proposal.code}",
        lede="It leaves the season for good. Its text and history stay readable for the sponsors.",
        submit="Withdraw it", done=f"{proposal.code} is withdrawn.",
    )  # fmt: skip
