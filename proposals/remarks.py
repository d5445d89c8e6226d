"""What was said about a proposal's text, as pages show it, and who should hear of it."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from activity import clock
from activity.addresses import row_url
from activity.awaited import Awaited
from activity.composed import composed_once
from people.models import User

from . import rules
from .arithmetic import listed
from .arithmetic.passages import find
from .arithmetic.words import Run, paragraphs
from .models import Comment, Mention, Outcome, Proposal, ProposalVersion, Section
from .workflow import UNDER_REVIEW

# What became of somebody's wording, as a line about several of them says it.
TOLD = {Mention.Why.ACCEPTED: "accepted", Mention.Why.REJECTED: "did not take over"}


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


class Call(NamedTuple):
    """One row of `unread`: what was said to somebody, or what became of their wording."""

    pk: int
    person: int
    proposal: int
    said_by: str
    told: str

    @property
    def what(self) -> dict[str, Any]:
        return json.loads(self.told)

    @property
    def why(self) -> Mention.Why:
        return Mention.Why(self.what["why"])

    @property
    def where(self) -> str:
        return f"{self.what['code']}, {Section.Kind(self.what['section']).label}"


def called(people: Mapping[int, User], calls: Iterable[Call]) -> Iterator[Awaited]:
    """`unread` as it stands at home and in the mail of the day.

    What somebody said waits word by word. What became of a person's wording asks for nothing: it is news,
    told in one line for each proposal.
    """
    news: dict[tuple[int, int], list[Call]] = {}
    for call in calls:
        if call.why in TOLD:
            news.setdefault((call.person, call.proposal), []).append(call)
            continue
        path = f"{row_url('proposal_remarks', call.proposal)}#comment-{call.what['thread']}"
        sentence = f"{call.said_by} {call.why.label} in {call.where}"
        yield Awaited.of(people[call.person], f"mention:{call.pk}", sentence, path)
    for (person, proposal), told in news.items():
        # Also what was settled since stands among all comments.
        path = f"{row_url('proposal_remarks', proposal)}?all=1"
        path += f"#comment-{told[0].what['thread']}" if len(told) == 1 else ""
        key = f"news:{proposal}:{max(call.pk for call in told)}"
        yield Awaited.of(people[person], key, _news(told), path, is_news=True)


def _news(told: Sequence[Call]) -> str:
    """“Linh Tran accepted 3 of your wordings and did not take over 1 in P-01, Summary and Strategy”."""
    who = listed(list(dict.fromkeys(call.said_by for call in told)))
    counts = Counter(call.why for call in told)
    does = [
        why.label if len(told) == 1 else f"{verb} {counts[why]}" for why, verb in TOLD.items() if counts[why]
    ]
    if len(told) > 1:
        does[0] += " of your wordings"
    named = {call.what["section"] for call in told}
    where = listed([label for kind, label in Section.Kind.choices if kind in named])
    return f"{who} {' and '.join(does)} in {told[0].what['code']}, {where}"


def with_suggestions(proposals: QuerySet) -> QuerySet:
    """Annotate how many suggestions wait for an answer, and how many accepted ones for their place."""
    kind = Outcome.Kind
    return proposals.annotate(
        to_decide=_waiting(Q(newest_id=None) | Q(newest__kind=kind.REOPENED)),
        wordings_to_place=_waiting(Q(newest__kind=kind.ACCEPTED)),
    )


def _waiting(how: Q) -> Coalesce:
    rows = Comment.objects.waiting().filter(how, proposal=OuterRef("pk")).order_by()
    counted = rows.values("proposal").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0), output_field=IntegerField())


def suggestions_words(proposal: Proposal) -> str:
    """“Decide on 2 suggestions and place 1 accepted wording in”, of a row `with_suggestions`; '' if none."""
    decide, place = proposal.to_decide, proposal.wordings_to_place
    acts = [f"decide on {decide} suggestion{'' if decide == 1 else 's'}"] if decide else []
    acts += [f"place {place} accepted wording{'' if place == 1 else 's'}"] if place else []
    return f"{' and '.join(acts)} in".capitalize() if acts else ""
