"""Who is awaited on this floor: answers to invitations and offers, first words, sign-ons, submission."""

from collections import ChainMap
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from activity import clock
from activity.addresses import row_url
from activity.awaited import Awaited
from activity.composed import composed_once
from goals.models import Stage, stage_open
from people.models import Post, User

from .models import (
    Ask,
    AskTerms,
    KeptText,
    Merger,
    Offer,
    Proposal,
    ProposalVersion,
    Section,
    Sponsorship,
    Talk,
)
from .reading import in_time, missing_parts, with_parts
from .remarks import Call, called, suggestions_words, unread, with_suggestions
from .rules import READ_BY_ALL, unsigned_sponsors, with_signatures
from .workflow import EDITABLE, Status

SPEAKERS = (Post.Role.HEAD, Post.Role.DEPUTY)
Voices = dict[int, dict[int, User]]


def awaited(people: Iterable[User] | None = None) -> Iterator[Awaited]:
    """Everybody, or these people, with what they are awaited for; at most eight queries."""
    people = None if people is None else list(people)
    voices = _voices(people)
    yield from _from_others(voices, people)
    if not voices:
        return
    for proposal in _open_proposals(None if people is None else list(voices)):
        yield from _unsent(proposal, voices)
        yield from _sign_ons(proposal, voices)
        if proposal.status not in EDITABLE:
            continue
        yield from _invitations(proposal, voices)
        yield from _suggestions(proposal, voices)
        yield from _submission(proposal, voices)
        yield from _agreed_day(proposal, voices)


class Word(NamedTuple):
    """What another unit wants of one of ours. Of a mention and of words that came too late, `unit` is a
    person: who is called, or who wrote them."""

    kind: str
    pk: int
    unit: int
    page: int
    who: str
    what: str


def _from_others(voices: Voices, people: list[User] | None) -> Iterator[Awaited]:
    """First words that nobody answered, offers, mergers, words in a proposal's text, and words that came
    too late for it; one query.

    One more where everybody is asked for: who is called in a text, or wrote it, need not speak for a unit.
    """
    rows = list(_words(people))
    calls = [Call(*row[1:]) for row in rows if row.kind == "mention"]
    keys = {call.person for call in calls} | {row.unit for row in rows if row.kind == "kept"}
    persons = {p.pk: p for p in people} if people is not None else User.objects.in_bulk(keys) if keys else {}
    yield from called(persons, calls)
    for row in rows:
        if row.kind == "mention":
            continue
        if row.kind == "kept":
            yield _kept(persons[row.unit], row)
            continue
        sentence, page = {
            "talk": (f"{row.who} wants to talk: {row.what}", "talk"),
            "offer": (f"Answer {row.who}, which offers to join as sponsor: {row.what}", "proposal_sponsors"),
            "early": (f"{row.who} joined your intent “{row.what}”. Start the proposal or answer", "intent"),
            "merger": (f"Answer whether {row.what} becomes a part of {row.who}", "merger"),
        }[row.kind]
        key = f"{'offer' if row.kind == 'early' else row.kind}:{row.pk}"
        yield from _each(voices.get(row.unit, {}), key, sentence, row_url(page, row.page), None)


def _words(people: list[User] | None) -> Iterator[Word]:
    mentions = _part("mention", unread(people), "person_id", "comment__proposal_id", "said_by__name", "told")
    today = clock.today()
    words = (_word(kind, today) for kind in ("talk", "offer", "early", "merger"))
    parts = (*words, mentions, _too_late(people))
    return (Word(*row) for row in parts[0].union(*parts[1:], all=True).order_by("of_kind", "pk"))


def _too_late(people: list[User] | None) -> QuerySet:
    """What somebody typed after a text was closed, which its author alone can read."""
    rows = KeptText.objects.filter(settled_at=None, kept_by__is_active=True)
    if people is not None:
        rows = rows.filter(kept_by__in=[person.pk for person in people])
    return _part("kept", rows, "kept_by_id", "proposal_id", "proposal__code", "kind")


def _kept(person: User, row: Word) -> Awaited:
    sentence = f"Look at what you typed on “{Section.Kind(row.what).label}” of {row.who} after it was closed"
    return Awaited.of(person, f"kept:{row.pk}", sentence, row_url("proposal_edit", row.page))


@composed_once
def _word(kind: str, today: date) -> QuerySet:
    """What other units want: a talk, to join what is written or will be, to merge."""
    if kind == "talk":
        talks = Talk.objects.filter(heard_at=None)
        return _part(kind, talks, "to_unit_id", "pk", "from_unit__name", "message")
    if kind == "merger":
        mergers = Merger.objects.answerable()
        for side in ("kept", "merged"):
            draft = in_time(today).filter(pk=OuterRef(side), status=Status.DRAFT)
            mergers = mergers.filter(Exists(draft) | Q(**{side: None}))
        mergers = mergers.annotate(part=Coalesce("merged__title", "intent__title"))
        return _part(kind, mergers, "to_unit_id", "pk", "kept__title", "part")
    started = Proposal.objects.filter(intent=OuterRef("intent"), status=Status.DRAFT).order_by("pk")
    offers = Offer.objects.standing().annotate(about=Coalesce("proposal", Subquery(started.values("pk")[:1])))
    if kind == "early":
        early = offers.filter(about=None, intent__closed_at=None)
        return _part(kind, early, "intent__unit_id", "intent_id", "unit__name", "intent__title")
    lead = Sponsorship.objects.standing().filter(is_lead=True, proposal=OuterRef("about")).values("unit")[:1]
    drafts = offers.filter(Exists(in_time(today).filter(pk=OuterRef("about"))))
    return _part(kind, drafts.annotate(lead=Subquery(lead)), "lead", "about", "unit__name", "brings")


def _part(kind: str, rows: QuerySet, unit: str, page: str, who: str, what: str) -> QuerySet:
    named = rows.order_by().annotate(
        of_kind=Value(kind, CharField()), unit_key=F(unit), page=F(page),
        who=Cast(who, TextField()), what=Cast(what, TextField()),
    )  # fmt: skip
    return named.values_list("of_kind", "pk", "unit_key", "page", "who", "what")


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
    """Drafts and proposals in revision that their sponsors may change today, and submitted ones that were
    asked anew, with their substance."""
    late = Q(late_until__gte=clock.today(), status__in=EDITABLE)
    drafting = Q(stage_open("season", Stage.Kind.DRAFTING), status=Status.DRAFT)
    revision = Q(stage_open("season", Stage.Kind.REVISION), status=Status.IN_REVISION)
    handed_in = ProposalVersion.objects.filter(proposal=OuterRef("pk"), kind__in=READ_BY_ALL)
    handed_in = handed_in.order_by("-number")
    rows = with_suggestions(with_parts(Proposal.objects.all())).annotate(
        newest_version=Subquery(handed_in.values("number")[:1]),
        handed_in_at=Subquery(handed_in.values("frozen_at")[:1]),
    )
    rows = rows.filter(late | drafting | revision | _asked_anew())
    if units is not None:
        theirs = Sponsorship.objects.standing().filter(proposal=OuterRef("pk"), unit__in=units)
        rows = rows.filter(Exists(theirs))
    return with_signatures(rows.select_related("season")).order_by("pk")


def _asked_anew() -> Q:
    """Submitted ones whose asks were sent again or withdrawn since, for rows with `handed_in_at`."""
    since = OuterRef("handed_in_at")
    sent = AskTerms.objects.filter(ask__proposal=OuterRef("pk"), sent_at__gte=since)
    withdrawn = Ask.objects.filter(proposal=OuterRef("pk"), withdrawn_at__gte=since)
    return Q(Exists(sent) | Exists(withdrawn), status=Status.SUBMITTED)


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
    substance, unsigned = unsigned_sponsors(proposal)
    again = "" if proposal.status in EDITABLE else " again: its asks changed"
    for row in unsigned:
        yield from _each(
            voices.get(row.unit_id, {}),
            f"sign_on:{row.pk}:{substance[:16]}",
            f"Sign on for {row.unit} to {proposal.code} {proposal.title}{again}",
            row_url("proposal_sign", proposal.pk),
            _due_on(proposal),
        )


def _suggestions(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    """One thing for all of them, of every sponsor: they stand on one page, and any sponsor decides."""
    if words := suggestions_words(proposal):
        accepted = [voices.get(s.unit_id, {}) for s in proposal.standing_sponsorships if s.accepted_at]
        yield from _each(
            dict(ChainMap(*accepted)),
            f"suggestions:{proposal.pk}",
            f"{words} {proposal.code} {proposal.title}",
            row_url("proposal_remarks", proposal.pk),
            _due_on(proposal),
        )


def _submission(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    """Of the lead: what it lacks, then handing it in; each return awaits its own resubmission.

    Nothing while others still have to answer or to sign on: they are awaited.
    """
    written, others = missing_parts(proposal)
    act, key, what = "Submit", f"submit:{proposal.pk}", ""
    if written:
        act, key, what = "Finish", f"finish:{proposal.pk}", f": {written}"
    elif others or unsigned_sponsors(proposal)[1]:
        return
    elif proposal.status == Status.IN_REVISION:
        act, key = "Resubmit", f"resubmit:{proposal.pk}:{proposal.newest_version}"
    path = row_url("proposal_submit", proposal.pk)
    sentence = f"{act} {proposal.code} {proposal.title}{what}"
    yield from _each(_of_lead(proposal, voices), key, sentence, path, _due_on(proposal))


def _agreed_day(proposal: Proposal, voices: Voices) -> Iterator[Awaited]:
    """Until the day that the sponsors agreed on, all of them finish their part."""
    agreed = proposal.agreed_until if proposal.status == Status.DRAFT else None
    if agreed is None or agreed < clock.today():
        return
    for row in proposal.standing_sponsorships:
        if row.accepted_at is not None:
            yield from _each(
                voices.get(row.unit_id, {}),
                f"agreed:{row.pk}:{agreed}",
                f"Finish the part of {row.unit} in {proposal.code} {proposal.title}: then it is closed",
                row_url("proposal_edit", proposal.pk),
                agreed,
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
    if proposal.status == Status.SUBMITTED:
        return None
    return season.submission_due_on if proposal.status == Status.DRAFT else season.revision_due_on


def _each(people: dict[int, User], key: str, sentence: str, path: str, due: date | None):
    for person in people.values():
        yield Awaited.of(person, key, sentence, path, due)
