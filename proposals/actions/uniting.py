"""What two drafts become when one goes into the other. Parts of the verb in `merging`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value

from activity import clock
from activity.layout import MOST
from activity.refused import Refused
from people.models import User

from ..document.reading import Node, Run
from ..document.writing import blocks_of, heading
from ..models import Intent, Offer, Proposal, ProposalLink, SchoolDemand, Section, Sponsorship
from ..workflow import Status
from .carrying import copy_open_threads, move_milestones, unite_sizes
from .drafting import add_to, put_down
from .intents import close
from .joining import sponsors_by_unit
from .text import Text

COLUMNS = {
    "reach": "Reach", "grades": "Grades", "students_served": "Students served",
    "cycle_years": "Cycle in years", "contact": "Contact", "research_partner": "Research partner",
    "evidence_tier": "Evidence", "meeting": "Meeting that it uses",
    "meeting_minutes": "Minutes a month in it",
}  # fmt: skip
LISTS = ("goals", "causes", "principles_served", "principles_strained", "schools", "heard")
MOST_DAYS = Decimal(31)
MOST_HOURS = MOST["PositiveIntegerField"]


def united_columns(kept: Proposal, merged: Proposal) -> tuple[dict[str, Any], str]:
    """What is empty in one comes from the other; what differs is told in words, so that none is lost."""
    columns, differing = {}, []
    if kept.intent_id is None and merged.intent_id is not None:
        columns["intent_id"] = merged.intent_id  # who joins it later finds the draft that goes on
    words = {"evidence_tier": merged.get_evidence_tier_display()}
    for name, label in COLUMNS.items():
        mine, theirs = getattr(kept, name), getattr(merged, name)
        if theirs in (None, "") or theirs == mine:
            continue
        if mine in (None, ""):
            columns[name] = theirs
        else:
            differing.append(f"{label}: {words.get(name, theirs)}")
    return columns, ". ".join(differing)


def united_texts(theirs: Text, title: str, details: str) -> dict[str, list[Node | Run]]:
    """The blocks of every section that the other one wrote, under a heading that names it."""
    parts = {kind: theirs.blocks(kind) for kind in Section.Kind.values if theirs.says(kind).strip()}
    if details:
        parts.setdefault(Section.Kind.SUMMARY.value, []).extend(blocks_of(details))
    return {kind: [heading(title), *blocks] for kind, blocks in parts.items()}


def append_texts(text: Text, parts: dict[str, list[Node | Run]], by: User) -> None:
    for kind, blocks in parts.items():
        text.extend(kind, blocks, by)
    put_down(text, by)


def as_text(intent: Intent) -> str:
    """The words of an intent."""
    wanted = f"Looking for: {intent.looking_for}" if intent.looking_for else ""
    return "\n\n".join(filter(None, (intent.idea, wanted)))


def unite_sponsors(kept: Proposal, merged: Proposal, by: User) -> None:
    """Sponsors of the merged draft come along as they stand there; what both promise is kept."""
    standing = {s.unit_id: s for s in kept.standing_sponsorships}
    new, both = [], []
    for other in merged.standing_sponsorships:
        mine = standing.get(other.unit_id)
        if mine is None:
            new.append(
                Sponsorship(
                    proposal=kept, unit_id=other.unit_id, contribution=other.contribution,
                    invited_at=other.invited_at, invited_by_id=other.invited_by_id,
                    accepted_at=other.accepted_at, accepted_by_id=other.accepted_by_id,
                )
            )  # fmt: skip
            continue
        if mine.accepted_at is None:
            mine.accepted_at, mine.accepted_by_id = other.accepted_at, other.accepted_by_id
        if other.contribution and other.contribution not in mine.contribution:
            mine.contribution = "\n".join(filter(None, (mine.contribution, other.contribution)))
        both.append(mine)
    Sponsorship.objects.bulk_create(new)
    Sponsorship.objects.bulk_update(both, ["contribution", "accepted_at", "accepted_by"])


def bring_offers(kept: Proposal, merged: Proposal, by: User) -> None:
    """Who offered to join what is merged waits at the kept draft; its own intent goes into that, too.

    A unit that sponsors by now has its wish, one that offered to join both waits once. `kept` has its
    sponsors as they are now, and the intent of the merged draft where it had none itself.
    """
    now, standing = clock.now(), sponsors_by_unit(kept)
    drafts = Proposal.objects.filter(intent=OuterRef("pk"), status=Status.DRAFT)
    left = Intent.objects.select_for_update(of=("self",)).filter(~Exists(drafts), pk=merged.intent_id)
    intent = left.filter(closed_at=None).first() if merged.intent_id else None
    about = [key for key in (kept.intent_id, intent and intent.pk) if key]
    offers = list(Offer.objects.standing().filter(Q(proposal__in=(kept, merged)) | Q(intent__in=about)))
    own = [o for o in offers if o.proposal_id == kept.pk or (o.intent_id and o.intent_id == kept.intent_id)]
    waiting = {offer.unit_id for offer in own}
    for offer in offers:
        if offer.unit_id in standing:
            offer.sponsorship, offer.taken_up_at, offer.taken_up_by = standing[offer.unit_id], now, by
        elif offer in own:
            continue
        elif offer.unit_id in waiting:
            offer.ended_at, offer.ended_by = now, by
        else:
            offer.proposal, offer.intent = kept, None
            waiting.add(offer.unit_id)
    ends = ["sponsorship", "taken_up_at", "taken_up_by", "ended_at", "ended_by"]
    Offer.objects.bulk_update(offers, ["proposal", "intent", *ends])
    if intent is not None:
        close(intent, f"It went into {kept.code}.", by)


def move_rows(kept: Proposal, merged: Proposal, by: User) -> list[str]:
    """Cost lines, asks with their answers, links, demands, sizes, milestones and open talk go over; the
    codes of asks that fall away.

    They are moved, but for the talk: no total counts a line twice, and an answer stays with its terms.
    What the merged draft was stands in its frozen version.
    """
    last = max((line.number for line in kept.cost_lines.all()), default=0)  # read for its version
    merged.cost_lines.update(proposal=kept, number=F("number") + last)
    merged.asks.update(proposal=kept)
    _move_links(kept, merged)
    _move_demands(kept, merged)
    unite_sizes(kept, merged)
    move_milestones(kept, merged)
    copy_open_threads(kept, merged)
    return withdraw_pointless(kept, by)


def withdraw_pointless(kept: Proposal, by: User) -> list[str]:
    """Nobody is asked for support of what they sponsor; the codes of the asks that fall away."""
    sponsors = Sponsorship.objects.standing().filter(proposal=kept).values("unit")
    pointless = kept.asks.standing().filter(asked_unit__in=sponsors)
    codes = sorted(pointless.values_list("code", flat=True))
    if codes:
        pointless.update(withdrawn_at=clock.now(), withdrawn_by=by)
    return codes


def _move_links(kept: Proposal, merged: Proposal) -> None:
    """Relations of the merged draft; those between the two are settled, those that stand already stay."""
    pair = {kept.pk, merged.pk}
    links = list(ProposalLink.objects.filter(Q(source__in=pair) | Q(target__in=pair)))
    stand = {(link.kind, link.source_id, link.target_id) for link in links}
    changed = []
    for link in links:
        if {link.source_id, link.target_id} == pair:
            link.settled_on = link.settled_on or clock.today()
        elif link.source_id == merged.pk and (link.kind, kept.pk, link.target_id) not in stand:
            link.source = kept
        elif link.target_id == merged.pk and (link.kind, link.source_id, kept.pk) not in stand:
            link.target = kept
        else:
            continue
        changed.append(link)
    ProposalLink.objects.bulk_update(changed, ["source", "target", "settled_on"])


def _move_demands(kept: Proposal, merged: Proposal) -> None:
    """Hours and days of the same activity in the same school and month add up."""
    rows = list(SchoolDemand.objects.filter(proposal__in=(kept, merged)).select_related("school"))
    mine: dict[tuple[int, date, str], SchoolDemand] = {
        (d.school_id, d.month, d.activity): d for d in rows if d.proposal_id == kept.pk
    }
    changed = []
    for other in (row for row in rows if row.proposal_id == merged.pk):
        row = mine.get((other.school_id, other.month, other.activity))
        if row is None:
            other.proposal = kept
            changed.append(other)
            continue
        row.hours += other.hours
        row.days += other.days
        _refuse_beyond_a_month(row, kept, merged)
        row.note = "\n".join(dict.fromkeys(filter(None, (row.note, other.note))))
        changed.append(row)
    SchoolDemand.objects.bulk_update(changed, ["proposal", "hours", "days", "note"], batch_size=200)
    merged.demands.all().delete()  # added up above


def _refuse_beyond_a_month(sum_of_both: SchoolDemand, kept: Proposal, merged: Proposal) -> None:
    """No figure is cut to what its column holds: the two drafts say first what they mean together."""
    if sum_of_both.hours > MOST_HOURS:
        raise Refused(
            f"The hours of {kept.code} and {merged.code} in the same school and month add up to more "
            "than can be entered. Correct one of them first."
        )
    if sum_of_both.days > MOST_DAYS:
        days = format(sum_of_both.days.normalize(), "f")
        raise Refused(
            f"{kept.code} and {merged.code} together ask {sum_of_both.school.name} for {days} days of "
            f"{sum_of_both.get_activity_display().lower()} in {sum_of_both.month:%B %Y}, more than a month "
            "has. Lower the days in one of them first."
        )


def unite_lists(kept: Proposal, merged: Proposal) -> None:
    """What the merged draft names comes to what the kept one names: read in one query, both of them."""

    def keys(proposal: Proposal, name: str) -> QuerySet:
        rows = getattr(proposal, name).order_by()
        return rows.values_list(Value(name, CharField()), Value(proposal.pk), "pk")

    parts = [keys(proposal, name) for name in LISTS for proposal in (kept, merged)]
    rows = set(parts[0].union(*parts[1:], all=True))
    for name in LISTS:
        theirs, mine = (
            {key for what, whose, key in rows if (what, whose) == (name, proposal.pk)}
            for proposal in (merged, kept)
        )
        add_to(kept, name, theirs - mine)
