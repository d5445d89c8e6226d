"""Which sign-ons count, whose are missing, and who signs next."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from people.models import User

from ..arithmetic import listed
from ..models import Proposal, ProposalVersion, SignOn, Sponsorship
from ..models.content import substance_now, with_substance_rows
from .rights import can_sign_on


class Signed(set[str]):
    """Codes of the sponsors whose sign-on counts, those who signed something else before, and the number
    of the proposal's newest version.

    All come out of one query; without any sign-on the number is not known.
    """

    newest: int | None = None
    lapsed: Collection[str] = ()


def signed_units(proposal: Proposal, substance: str | None = None) -> Signed:
    """Codes of the standing sponsors whose sign-on covers the substance as it stands.

    Sign-ons of an imported season carry to its last imported version.
    """
    substance = substance or substance_now(proposal)
    imported = ProposalVersion.objects.filter(
        proposal=OuterRef("sponsorship__proposal"), is_imported=True, substance=substance
    )
    rows = SignOn.objects.filter(sponsorship__proposal=proposal, sponsorship__left_at=None)
    counts = Q(version__substance=substance) | Q(Exists(imported), is_imported=True)
    versions = ProposalVersion.objects.filter(proposal=proposal).order_by("-number")
    rows = rows.annotate(counts=counts, newest=Subquery(versions.values("number")[:1]))
    found = list(rows.values_list("sponsorship__unit__code", "newest", "counts"))
    signed = Signed(unit for unit, _newest, counts in found if counts)
    signed.newest = found[0][1] if found else None
    signed.lapsed = {unit for unit, *_ in found} - signed
    return signed


def sponsorship_to_sign(user: User, proposal: Proposal, signed: set[str]) -> Sponsorship | None:
    """The sponsor that this person can sign for: one that has not signed comes first."""
    mine = [s for s in proposal.standing_sponsorships if can_sign_on(user, s)]
    return min(mine, key=lambda s: s.unit.code in signed, default=None)


def signed_before(sponsorship: Sponsorship) -> SignOn | None:
    """The newest sign-on of this sponsor, with the version that it was given for."""
    return sponsorship.sign_ons.select_related("version", "signed_by").order_by("signed_at", "pk").last()


def with_signatures(proposals: QuerySet[Proposal], *newest: str) -> QuerySet[Proposal]:
    """Any number of proposals for `unsigned_sponsors`, in a fixed number of queries.

    `newest` are columns of each proposal's newest version, for `newest_version_of`: read with the sign-ons,
    thus after the lock of the rows that the query asks for.
    """
    # Sign-ons of an imported season carry to its last imported version.
    versions = ProposalVersion.objects.filter(proposal=OuterRef("sponsorship__proposal")).order_by("-number")
    imported = versions.filter(is_imported=True)
    sign_ons = SignOn.objects.annotate(carried=Subquery(imported.values("substance")[:1]))
    sign_ons = sign_ons.annotate(**{f"newest_{name}": Subquery(versions.values(name)[:1]) for name in newest})
    sign_ons = sign_ons.select_related("version").defer("version__content")
    signed = Prefetch("sponsorships__sign_ons", sign_ons, to_attr="signatures")
    return with_substance_rows(proposals).prefetch_related(signed)


def newest_version_of(proposal: Proposal) -> Any:
    """A sign-on that carries the columns of the newest version; None where no sponsor has signed any."""
    rows: list[Any] = proposal.standing_sponsorships
    return next((signature for row in rows for signature in row.signatures), None)


def unsigned_sponsors(proposal: Proposal) -> tuple[str, list[Sponsorship]]:
    """The substance as it stands, and the sponsors whose sign-on does not cover it."""
    substance = substance_now(proposal)
    rows = (s for s in proposal.standing_sponsorships if s.accepted_at is not None)
    return substance, [row for row in rows if not _has_signed(row, substance)]


def _has_signed(row: Any, substance: str) -> bool:
    return any(substance in (s.version.substance, s.carried if s.is_imported else "") for s in row.signatures)


def blockers_by_sign_on(proposals: Iterable[Proposal]) -> list[str]:
    """What was asked anew while others read it is decided on only when its sponsors stand by it.

    The proposals are read `with_signatures`.
    """
    missing = ((proposal, unsigned_sponsors(proposal)[1]) for proposal in proposals)
    return [
        f"{proposal.code} waits for {listed([str(row.unit) for row in rows])}: sign on to it as it stands, "
        "since it changed after it was signed. Return it for revision if they will not."
        for proposal, rows in missing
        if rows
    ]
