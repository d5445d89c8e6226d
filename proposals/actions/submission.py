"""Signing on, submitting, resubmitting, withdrawing, and the steward's late edit."""

from datetime import date

from django.db import transaction
from django.db.models import Exists

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from people.models import User

from .. import rules
from ..arithmetic import comparable
from ..models import Proposal, ProposalVersion, SignOn, Sponsorship
from ..models.content import content_of, substance_of
from ..workflow import EDITABLE
from .baton import freeze_version, held, locked_with_sponsors, pass_on, with_sponsors

Kind = ProposalVersion.Kind


@transaction.atomic
def sign_on(*, sponsorship: Sponsorship, contribution: str, by: User, seen: str | None = None) -> SignOn:
    """Agree for a sponsor to the substance as it stands, with what the unit contributes.

    `seen` is the fingerprint of what the person read; a page always says it, and another one is refused.
    What is contributed is part of the substance: changing it here asks the others to sign on again.
    Raises Refused.
    """
    proposal = locked_with_sponsors(sponsorship.proposal)
    sponsorship = next(s for s in proposal.sponsorships.all() if s.pk == sponsorship.pk)
    allow(
        rules.can_sign_on(by, sponsorship),
        f"Only the head or the deputy of {sponsorship.unit} can sign on for it, once it has accepted.",
    )
    content = content_of(proposal)
    refuse_if(rules.blockers_to_sign_on(proposal, content))
    if seen == "":
        raise Refused("Read first what the sponsors agree to, as it stands on this page, then sign on.")
    if seen is not None and seen != substance_of(content):
        raise Refused("The proposal changed while you were reading. Read what differs below, then sign on.")
    brings = str(comparable(contribution))
    if not brings:
        raise Refused("Say in a sentence what your unit brings.")
    if brings != comparable(sponsorship.contribution):
        if sponsorship.contribution and proposal.status not in EDITABLE:
            raise Refused(
                f"What {sponsorship.unit} brings stays as it was submitted. Put these words back, then sign "
                f"on: “{sponsorship.contribution}”"
            )
        sponsorship.contribution = brings
        sponsorship.save(update_fields=["contribution"])
        mine = next(s for s in content["sponsors"] if s["unit"] == sponsorship.unit.code)
        mine["contribution"] = sponsorship.contribution
    version = _version_to_sign(sponsorship, content, by)
    signed = SignOn.objects.create(
        sponsorship=sponsorship, version=version, contribution=sponsorship.contribution,
        signed_at=clock.now(), signed_by=by,
    )  # fmt: skip
    record("sign on", proposal, f"signed on for {sponsorship.unit}", by=by, version=version.number)
    return signed


def _version_to_sign(sponsorship: Sponsorship, content: dict, by: User) -> ProposalVersion:
    """The newest version, or a new one where its substance differs from what stands.

    Refused when this sponsor has signed on to the same substance before.
    """
    proposal, substance = sponsorship.proposal, substance_of(content)
    signed = Exists(sponsorship.sign_ons.filter(version__substance=substance))
    newest = proposal.versions.order_by("-number").defer("content").annotate(signed=signed).first()
    if newest is not None and newest.signed:
        raise Refused(f"{sponsorship.unit} has signed on to this already. Nothing changed since.")
    if newest is not None and newest.substance == substance:
        return newest
    return freeze_version(
        proposal=proposal, kind=Kind.SIGN_ON, by=by, content=content, after=newest.number if newest else 0
    )


@transaction.atomic
def submit(*, proposal: Proposal, by: User) -> Proposal:
    """Hand the proposal to the reviewers. Raises Refused with everything that is missing."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.can_submit(by, proposal), "Only the head or the deputy of the lead can submit.")
    content = content_of(proposal)
    signed = rules.signed_units(proposal, substance_of(content))
    refuse_if(rules.blockers_to_submit(proposal, content, signed))
    freeze_version(proposal=proposal, kind=Kind.SUBMISSION, by=by, content=content, after=signed.newest)
    return pass_on(
        proposal=proposal, act="submit", by=by, sentence=f"submitted {proposal.code}",
        submitted_at=clock.now(), submitted_by=by, late_until=None,
    )  # fmt: skip


@transaction.atomic
def resubmit(proposal: Proposal, by: User) -> Proposal:
    """Freeze the revised proposal and hand it back to the reviewers.

    Called by the floor above, after its own check of rights and of the feedback. Raises Refused.
    """
    proposal = with_sponsors(held(proposal))
    content = content_of(proposal)
    signed = rules.signed_units(proposal, substance_of(content))
    refuse_if(rules.blockers_to_resubmit(proposal, content, signed))
    freeze_version(proposal=proposal, kind=Kind.RESUBMISSION, by=by, content=content, after=signed.newest)
    return pass_on(
        proposal=proposal, act="resubmit", by=by, sentence=f"resubmitted {proposal.code}", late_until=None
    )


@transaction.atomic
def withdraw(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Take the proposal out of the season. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.can_lead(by, proposal), "Only the head or the deputy of the lead can withdraw the proposal.")
    if not reason.strip():
        raise Refused("Say in a sentence why it is withdrawn.")
    sentence = f"withdrew {proposal.code}: {reason.strip()}"
    return pass_on(proposal=proposal, act="withdraw", by=by, sentence=sentence)


@transaction.atomic
def open_for_late_edit(*, proposal: Proposal, until: date, reason: str, by: User) -> Proposal:
    """Open one proposal for its sponsors after the stage closed; stands in the integrity log."""
    proposal = locked_with_sponsors(proposal)
    allow(rules.can_open_late(by), "Only the process steward can open a proposal late.")
    if proposal.status not in EDITABLE:
        raise Refused(f"{proposal.code} is not with its sponsors now, so there is nothing to open.")
    if until < clock.today():
        raise Refused("Choose today or a later day.")
    if not reason.strip():
        raise Refused("Give the reason: everybody can read it in the integrity log.")
    Proposal.objects.filter(pk=proposal.pk).update(late_until=until)
    proposal.late_until = until
    sentence = f"opened {proposal.code} for a late edit until {until:%d %b %Y}: {reason.strip()}"
    record("open late", proposal, sentence, by=by, integrity=True)
    return proposal
