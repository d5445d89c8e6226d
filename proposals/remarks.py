"""What was said about a proposal's text, as pages show it, and who should hear of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from activity import clock
from activity.addresses import row_url
from activity.awaited import Awaited
from activity.composed import composed_once
from people.models import User

from . import rules
from .arithmetic.passages import find
from .arithmetic.words import Run, paragraphs
from .models import Comment, Mention, Outcome, Proposal, ProposalVersion, Section
from .workflow import UNDER_REVIEW


@dataclass(frozen=True)
class Read:
    """The text that somebody reads and speaks of: as it stands for sponsors at work, else as circulated."""

    title: str
    sections: dict[str, str]
    version: ProposalVersion | None


def read_by(user: User, proposal: Proposal) -> Read:
    version = rules.version_read_by(user, proposal)
    if version is None:
        texts = dict(proposal.sections.exclude(text="").order_by().values_list("kind", "text"))
        return Read(proposal.title, texts, None)
    return Read(version.content["title"], version.content["sections"], version)


@dataclass
class Thread:
    """A comment with its replies, for one reader."""

    comment: Comment
    passage_stands: bool
    may_settle: bool
    may_decide: bool
    replies: list[Comment] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.comment.is_open

    @property
    def wording(self) -> list[list[Run]]:
        """What the suggestion changes in its passage, word by word."""
        return paragraphs(self.comment.quote, self.comment.suggestion.wording)

    @property
    def kind(self) -> str:
        """Of the chip: what waits, what was agreed, what is closed."""
        became, kind = self.comment.became, Outcome.Kind
        if became in (kind.ACCEPTED, kind.APPLIED):
            return "agreed"
        return "waiting" if self.is_open else "closed"

    @property
    def label(self) -> str:
        comment = self.comment
        if comment.became in ("", Outcome.Kind.REOPENED):
            return "Suggestion" if comment.is_suggestion else "Open"
        return comment.newest.get_kind_display()


def threads_of(user: User, proposal: Proposal, sections: dict[str, str]) -> list[Thread]:
    """Every thread that this person may read, in the order of the sections; one query."""
    rows = Comment.objects.visible_to(user).with_outcome().filter(proposal=proposal).order_by("pk")
    joins = ("suggestion", "written_by", "unit", "newest__decided_by")
    found: dict[int, Thread] = {}
    decides = rules.can_edit(user, proposal)
    for row in rows.select_related(*joins):
        if row.replies_to_id is None:
            passage = find(sections.get(row.section, ""), row.quote, row.before, row.after)
            stands = not row.quote or passage is not None
            found[row.pk] = Thread(row, stands, decides or row.written_by_id == user.pk, decides)
        elif row.replies_to_id in found:
            found[row.replies_to_id].replies.append(row)
    places = {kind: place for place, kind in enumerate(Section.Kind.values)}
    return sorted(found.values(), key=lambda thread: places.get(thread.comment.section, len(places)))


def shaped_by(threads: Iterable[Thread], proposal: Proposal) -> list[str]:
    """Units other than the sponsors whose wording was accepted."""
    agreed = (Outcome.Kind.ACCEPTED, Outcome.Kind.APPLIED)
    units = [t.comment.unit for t in threads if t.comment.became in agreed and t.comment.unit]
    return list(dict.fromkeys(unit.name for unit in units if unit.pk not in proposal.sponsor_unit_ids))


def unread(people: Iterable[User] | None = None) -> QuerySet[Mention]:
    """Who was named, replied to, or told what became of their wording, and has not noted it."""
    rows = _unread_on(clock.today())
    return rows if people is None else rows.filter(person__in=[person.pk for person in people])


@composed_once
def _unread_on(day: date) -> QuerySet[Mention]:
    """By the posts of that day, who works for the sponsors."""
    public = Q(comment__version__isnull=False, comment__proposal__status__in=UNDER_REVIEW)
    reads = rules.works_for_sponsors(OuterRef("comment__proposal"), "person", on=day)
    rows = Mention.objects.filter(public | reads, noted_at=None, person__is_active=True)
    thread = Coalesce("comment__replies_to", "comment")
    told = JSONObject(why="why", code="comment__proposal__code", section="comment__section", thread=thread)
    return rows.annotate(told=told)


def called(person: User, key: int, proposal: int, said_by: str, told: str) -> Awaited:
    """One row of `unread`, as it stands at home and in the mail of the day."""
    row = json.loads(told)
    why, section = Mention.Why(row["why"]).label, Section.Kind(row["section"]).label
    path = f"{row_url('proposal_remarks', proposal)}#comment-{row['thread']}"
    return Awaited.of(person, f"mention:{key}", f"{said_by} {why} in {row['code']}, {section}", path)


def waiting_suggestions() -> Coalesce:
    """To annotate proposals with: how many suggestions wait for an answer, or for their place."""
    rows = Comment.objects.waiting().filter(proposal=OuterRef("pk")).order_by()
    counted = rows.values("proposal").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())
