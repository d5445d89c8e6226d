"""Freezes what was submitted and resubmitted; sign-ons carry to the last imported version."""

from collections.abc import Iterator
from datetime import date

from activity.imports import Past
from activity.sheets import Book
from people.models import User

from ..models import Proposal, ProposalVersion, SignOn, Sponsorship
from ..models.content import contents_of, substance_of
from .rows import DemandRow, ProposalRow, SponsorRow
from .writing import was_edited

CHUNK = 200
Kind = ProposalVersion.Kind


def write_versions(book: Book, past: Past) -> None:
    """Call it when asks and their terms stand: they are part of what is frozen."""
    rows, submitted = book.by_key(ProposalRow), _demands_submitted(book)
    signed = book.grouped(SponsorRow, "proposal")
    versions: dict[tuple[str, int], ProposalVersion] = {}
    for proposal, content in _contents(past):
        row = rows[proposal.code]
        gates = _gates(row, signed.get(row.code, []), past)
        for number, (kind, day) in enumerate(gates, start=1):
            last = number == len(gates)
            kept = content if last else {**content, "demands": submitted.get(proposal.code, [])}
            versions[proposal.code, number] = ProposalVersion(
                proposal=proposal, number=number, kind=kind, content=kept,
                substance=substance_of(kept), frozen_at=past.at(day), frozen_by=proposal.contact,
                is_imported=True,
            )  # fmt: skip
    past.make(ProposalVersion, versions)
    _write_sign_ons(book, past)


def _contents(past: Past) -> Iterator[tuple[Proposal, dict]]:
    """Every proposal of the season with what stands in it."""
    proposals = list(past.season.proposals.select_related("contact", "research_partner"))
    for start in range(0, len(proposals), CHUNK):
        chunk = proposals[start : start + CHUNK]
        contents = contents_of(chunk)
        yield from ((proposal, contents[proposal.pk]) for proposal in chunk)


def last_version(past: Past, code: str, *, until: date | None = None) -> ProposalVersion | None:
    """The newest version of a proposal; with `until` the newest that was frozen by that day."""
    found = [past.get(ProposalVersion, (code, number)) for number in (1, 2)]
    found = [version for version in found if version is not None]
    if until is not None:
        found = [v for v in found if v.frozen_at <= past.at(until)] or found[:1]
    return found[-1] if found else None


def _gates(row: ProposalRow, sponsors: list[SponsorRow], past: Past) -> list[tuple[str, date]]:
    """The gates that the proposal had passed, with their days."""
    if past.happened(row.submitted_on):
        gates = [(Kind.SUBMISSION, row.submitted_on)]
        return [*gates, (Kind.RESUBMISSION, row.edited_on)] if was_edited(row, past) else gates
    days = [sponsor.signed_on for sponsor in sponsors if past.happened(sponsor.signed_on)]
    return [(Kind.SIGN_ON, max(days))] if days else []


def _demands_submitted(book: Book) -> dict[str, list]:
    """School demands as they stood in the submitted version, in the form of a version's content."""
    found: dict[str, list] = {}
    for row in sorted(book.rows(DemandRow), key=lambda r: (r.month, r.school, r.activity)):
        if row.days_submitted or row.hours_submitted:
            days = format(row.days_submitted.normalize(), "f")
            found.setdefault(row.proposal, []).append(
                [row.school, row.month.isoformat(), row.activity, days, row.hours_submitted]
            )
    return found


def _write_sign_ons(book: Book, past: Past) -> None:
    sign_ons = {}
    for row in book.rows(SponsorRow):
        version = last_version(past, row.proposal)
        if version is None or not past.happened(row.signed_on):
            continue
        sponsorship, signer = past.get(Sponsorship, row.key), past.get(User, row.signed_by)
        sign_ons[row.key] = SignOn(
            sponsorship=sponsorship, version=version, contribution=row.contribution,
            signed_at=past.at(row.signed_on), signed_by=signer, is_imported=True,
        )  # fmt: skip
        past.tell(
            "sign on", sponsorship.proposal, f"signed on to {sponsorship.proposal} for {sponsorship.unit}",
            on=row.signed_on, by=signer,
        )  # fmt: skip
    past.make(SignOn, sign_ons)
