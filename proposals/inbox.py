"""Who is awaited on this floor: answers to invitations, unsent asks, sign-ons, submission."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from activity import clock
from activity.addresses import row_url
from activity.awaited import Awaited
from goals.models import Stage
from people.models import Post, User

from .models import Ask, Proposal, ProposalVersion, SignOn, Sponsorship
from .models.content import substance_now, with_substance_rows
from .workflow import EDITABLE, Status

SPEAKERS = (Post.Role.HEAD, Post.Role.DEPUTY)
Voices = dict[int, dict[int, User]]


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Everybody, or these people, with what they are awaited for; at most seven queries."""
    people = None if people is None else list(people)
    voices = _voices(people)
    if not voices:
        return
    for proposal in _open_proposals(None if people is None else list(voices)):
        yield from _invitations(proposal, voices)
        yield from _unsent(proposal, voices)
        yield from _sign_ons(proposal, voices)
        yield from _submission(proposal, voices)


def _voices(people: list[User] | None) -> Voices:
    """Heads and deputies by unit; the signed-in person's own posts are read already."""
    found: Voices = {}
    if people is not None and len(people) == 1:
        person = people[0]
        return {unit: {person.pk: person} for unit in person.spoken_for_ids}
    posts = Post.objects.current().filter(role__in=SPEAKERS, person__is_active=True)
    if people is not None:
        posts = posts.filter(person__in=[person.pk for person in people])
    for post in posts.select_related("person").order_by("pk"):
        found.setdefault(post.unit_id, {})[post.person_id] = post.person
    return found


def _open_proposals(units: list[int] | None):
    """Drafts and proposals in revision that their sponsors may change today, with their substance."""
    late = Q(late_until__gte=clock.today())
    drafting = Q(_stage_open(Stage.Kind.DRAFTING), status=Status.DRAFT)
    revision = Q(_stage_open(Stage.Kind.REVISION), status=Status.IN_REVISION)
    rows = Proposal.objects.filter(late | drafting | revision, status__in=EDITABLE)
    if units is not None:
        theirs = Sponsorship.objects.standing().filter(proposal=OuterRef("pk"), unit__in=units)
        rows = rows.filter(Exists(theirs))
    # Sign-ons of an imported season carry to its last imported version.
    imported = ProposalVersion.objects.filter(
        proposal=OuterRef("sponsorship__proposal"), is_imported=True
    ).order_by("-number")
    sign_ons = SignOn.objects.annotate(carried=Subquery(imported.values("substance")[:1]))
    sign_ons = sign_ons.select_related("version").defer("version__content")
    signed = Prefetch("sponsorships__sign_ons", sign_ons, to_attr="signatures")
    return with_substance_rows(rows.select_related("season")).prefetch_related(signed).order_by("pk")


def _stage_open(kind: str) -> Exists:
    today = clock.today()
    return Exists(
        Stage.objects.filter(season=OuterRef("season"), kind=kind, opens__lte=today, closes__gte=today)
    )


def _invitations(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    for row in proposal.standing_sponsorships:
        if row.accepted_at is None:
            yield from _each(
                voices.get(row.unit_id, {}),
                f"invitation:{row.pk}",
                f"Answer for {row.unit}: sponsor {proposal.code} {proposal.title} with others?",
                row_url("proposal_sponsors", proposal.pk),
                _due_on(proposal),
            )


def _unsent(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    """One thing for all asks of a proposal: they are sent by one button."""
    asks = _unsent_asks(proposal)
    if not asks:
        return
    what = f"{asks[0].code} to {asks[0].asked_unit}, an ask" if len(asks) == 1 else f"{len(asks)} asks"
    yield from _each(
        _of_lead(proposal, voices),
        f"unsent:{proposal.pk}",
        f"Send {what} of {proposal.code} {proposal.title}",
        row_url("proposal_asks", proposal.pk),
        _due_on(proposal),
    )


def _sign_ons(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    """Once there is something to sign that will not change by itself a moment later."""
    if not proposal.cost_lines.all() or _unsent_asks(proposal):
        return
    substance = substance_now(proposal)
    for row in proposal.standing_sponsorships:
        if row.accepted_at is None or _has_signed(row, substance):
            continue
        yield from _each(
            voices.get(row.unit_id, {}),
            f"sign_on:{row.pk}:{substance[:16]}",
            f"Sign on for {row.unit} to {proposal.code} {proposal.title}",
            row_url("proposal_sign", proposal.pk),
            _due_on(proposal),
        )


def _has_signed(row: Sponsorship, substance: str) -> bool:
    return any(substance in (s.version.substance, s.carried if s.is_imported else "") for s in row.signatures)


def _submission(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    """Resubmission is awaited by the floor that returned the proposal."""
    if proposal.status == Status.DRAFT:
        yield from _each(
            _of_lead(proposal, voices),
            f"submit:{proposal.pk}",
            f"Submit {proposal.code} {proposal.title}",
            row_url("proposal_submit", proposal.pk),
            _due_on(proposal),
        )


def _unsent_asks(proposal: Proposal) -> list[Ask]:
    return [ask for ask in proposal.asks.all() if ask.withdrawn_at is None and ask.is_unsent]


def _of_lead(proposal: Proposal, voices: Voices) -> dict[int, User]:
    lead = next((s.unit_id for s in proposal.standing_sponsorships if s.is_lead), None)
    return voices.get(lead, {}) if lead else {}


def _due_on(proposal: Proposal) -> date | None:
    if proposal.late_until is not None and proposal.late_until >= clock.today():
        return proposal.late_until
    season = proposal.season
    return season.submission_due_on if proposal.status == Status.DRAFT else season.revision_due_on


def _each(people: dict[int, User], key: str, sentence: str, path: str, due: date | None):
    for person in people.values():
        yield Awaited.of(person, key, sentence, path, due)
