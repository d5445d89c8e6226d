"""Comments and suggested wording: said, answered, settled, and put into the text."""

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from activity import clock
from activity.actions import record, recorded_together
from activity.refused import Refused, allow, refuse_if
from people.models import User
from people.rules import unit_voiced_by

from .. import rules
from ..arithmetic.passages import find, named_in, replaced
from ..models import Comment, Mention, Outcome, Proposal, Section, Suggestion
from ..models.remark import LONGEST_QUOTE, LONGEST_REMARK, LONGEST_WORDING
from .baton import locked_with_sponsors
from .drafting import allow_edit, write_sections
from .meanwhile import digest_of
from .text import Text

Became, Why = Outcome.Kind, Mention.Why
NOT_YOURS = "Only people of the sponsoring units can decide on it."


@transaction.atomic
def comment(
    *, proposal: Proposal, section: str, text: str, by: User,
    quote: str = "", before: str = "", wording: str = "",
) -> Comment:  # fmt: skip
    """Say something on a section or a passage of it; `wording` suggests other words for it.

    Raises Refused.
    """
    proposal = locked_with_sponsors(proposal)
    allow(
        rules.can_comment(by, proposal),
        "Its sponsors talk about a draft. When it is submitted, every unit can comment.",
    )
    refuse_if(rules.blockers_to_comment(proposal))
    refuse_if(_faults(section, text, quote, wording))
    version = rules.version_read_by(by, proposal)
    said = Comment(
        proposal=proposal, section=section, version=version, text=text.strip(),
        written_at=clock.now(), written_by=by, unit=unit_voiced_by(by),
    )  # fmt: skip
    if quote.strip():
        passage = find(text_of(proposal, section, version), quote, before)
        if passage is None:
            raise Refused(f"These words do not stand in “{said.section_label}”. Copy them from the text.")
        said.quote, said.before, said.after = quote.strip(), passage.before, passage.after
    said.save(force_insert=True)
    if wording.strip():
        Suggestion.objects.create(comment=said, wording=wording.strip())
    _call(said, said, by)
    act, does = ("suggest", "suggested wording") if wording.strip() else ("comment", "commented")
    _tell(said, act, f"{does} on “{said.section_label}” of {proposal.code}", by)
    return said


@transaction.atomic
def reply(*, comment: Comment, text: str, by: User) -> Comment:
    """Answer in a thread. Raises Refused."""
    comment = _locked(comment)
    allow(rules.can_reply(by, comment), "Only who may read the thread can reply in it.")
    refuse_if(rules.blockers_to_settle(comment.proposal))
    refuse_if(_too_long(text, LONGEST_REMARK, "reply"))
    if not text.strip():
        raise Refused("Write a reply first.")
    said = Comment.objects.create(
        proposal=comment.proposal, section=comment.section, version_id=comment.version_id,
        replies_to=comment, text=text.strip(), written_at=clock.now(), written_by=by, unit=unit_voiced_by(by),
    )  # fmt: skip
    _unread(comment).filter(person=by).update(noted_at=clock.now())
    _call(comment, said, by)
    _tell(comment, "reply", f"replied on “{comment.section_label}” of {comment.proposal.code}", by)
    return said


@transaction.atomic
def resolve(*, comment: Comment, by: User) -> Outcome:
    """Close a thread: nothing is left to do about it. Raises Refused."""
    comment = _locked(comment)
    allow(rules.can_settle(by, comment), "The sponsors resolve a comment, or whoever wrote it.")
    refuse_if([*rules.blockers_to_settle(comment.proposal), *rules.blockers_to_resolve(comment)])
    _unread(comment).update(noted_at=clock.now())
    return _settle(comment, Became.RESOLVED, "resolve", "resolved a comment", by)


@transaction.atomic
def reopen(*, comment: Comment, by: User) -> Outcome:
    """Open a resolved thread again. Raises Refused."""
    comment = _locked(comment)
    allow(rules.can_settle(by, comment), "The sponsors reopen a comment, or whoever wrote it.")
    refuse_if([*rules.blockers_to_settle(comment.proposal), *rules.blockers_to_reopen(comment)])
    return _settle(comment, Became.REOPENED, "reopen", "reopened a comment", by)


@transaction.atomic
def accept_suggestion(*, comment: Comment, by: User, word: str = "") -> Outcome:
    """Take suggested wording over; it is put into the text while that may be changed. Raises Refused."""
    return _answer(_locked(comment), Became.ACCEPTED, word, by)


@transaction.atomic
@recorded_together()
def take_over(*, comment: Comment, by: User, word: str = "") -> Outcome:
    """Accept suggested wording, and put it into the text at once where that may be changed and its passage
    stands there; else it waits to be placed. Raises Refused."""
    comment = _locked(comment)
    accepted = _answer(comment, Became.ACCEPTED, word, by)
    if rules.blockers_to_edit(comment.proposal) or not _placed(comment, by):
        return accepted
    return _put(comment, by)


@transaction.atomic
def reject_suggestion(*, comment: Comment, by: User, word: str = "") -> Outcome:
    """Leave the text as it is, with a word to whoever suggested another. Raises Refused."""
    return _answer(_locked(comment), Became.REJECTED, word, by)


@transaction.atomic
@recorded_together()
def apply_suggestion(*, comment: Comment, by: User, by_hand: bool = False) -> Outcome:
    """Put accepted wording in the place of its passage; `by_hand` notes that a person has placed it.

    Raises Refused, also where the passage has changed since.
    """
    comment = _locked(comment)
    allow_edit(comment.proposal, by)
    refuse_if(rules.blockers_to_apply(comment))
    if not by_hand and not _placed(comment, by):
        raise Refused(
            "The passage has changed since. Both stand below: place the wording by hand, then say so."
        )
    return _put(comment, by)


def _placed(comment: Comment, by: User) -> bool:
    """Put the wording in the place of its passage; False where that does not stand there any more."""
    sections = Text(comment.proposal, [comment.section])
    stands = sections.says(comment.section)
    passage = find(stands, comment.quote, comment.before, comment.after)
    if passage is None and comment.quote:
        return False
    text = replaced(stands, passage, comment.suggestion.wording)
    write_sections(sections, {comment.section: text}, by, {comment.section: digest_of(stands)})
    return True


def _put(comment: Comment, by: User) -> Outcome:
    return _settle(comment, Became.APPLIED, "apply wording", f"put the wording of {_whose(comment)}", by)


@transaction.atomic
def note_mentions(*, proposal: Proposal, reader: User) -> int:
    """The reader has read what was said to them there; returns how many words that were."""
    rows = Mention.objects.filter(comment__proposal=proposal, person=reader, noted_at=None)
    return rows.update(noted_at=clock.now())


def _answer(comment: Comment, kind: Outcome.Kind, word: str, by: User) -> Outcome:
    allow(rules.can_edit(by, comment.proposal), NOT_YOURS)
    refuse_if([*rules.blockers_to_settle(comment.proposal), *rules.blockers_to_answer(comment, kind)])
    refuse_if(_too_long(word, LONGEST_REMARK, "word"))
    _unread(comment).update(noted_at=clock.now())
    if comment.written_by_id != by.pk:
        Mention.objects.create(comment=comment, person_id=comment.written_by_id, why=Why(kind), said_by=by)
    if kind == Became.ACCEPTED:
        return _settle(
            comment, kind, "accept wording", f"accepted the wording of {_whose(comment)}", by, word
        )
    said = f"did not take over the wording of {_whose(comment)}"
    return _settle(comment, kind, "reject wording", said, by, word)


def _settle(comment: Comment, kind: str, act: str, said: str, by: User, word: str = "") -> Outcome:
    outcome = Outcome.objects.create(
        comment=comment, kind=kind, word=word.strip(), decided_at=clock.now(), decided_by=by
    )
    where = "into" if kind == Became.APPLIED else "on"
    _tell(comment, act, f"{said} {where} “{comment.section_label}” of {comment.proposal.code}", by)
    return outcome


def _tell(comment: Comment, act: str, sentence: str, by: User) -> None:
    """What is said on the text at work is the sponsors' own, in history too."""
    record(act if comment.is_public else rules.among_sponsors(act), comment.proposal, sentence, by=by)


def _locked(comment: Comment) -> Comment:
    """The thread as it stands, under the lock of its proposal."""
    proposal = locked_with_sponsors(Proposal(pk=comment.proposal_id))
    rows = Comment.objects.with_outcome().select_related("suggestion", "newest", "unit", "written_by")
    comment = rows.get(pk=comment.pk)
    comment.proposal = proposal
    return comment


def text_of(proposal: Proposal, section: str, version) -> str:
    if version is not None:
        return version.content["sections"].get(section, "")
    return proposal.sections.filter(kind=section).values_list("text", flat=True).first() or ""


def _unread(comment: Comment):
    """Words of the thread that somebody was called to, and earlier answers, that were not noted."""
    in_thread = Q(comment=comment) | Q(comment__replies_to=comment)
    return Mention.objects.filter(in_thread, noted_at=None)


def _call(thread: Comment, said: Comment, by: User) -> None:
    """Tell whom the text names, and who spoke in the thread before."""
    called = dict.fromkeys(_named(said), Why.NAMED)
    if said is not thread:
        writers = Comment.objects.filter(Q(pk=thread.pk) | Q(replies_to=thread)).exclude(written_by=by)
        called = dict.fromkeys(writers.values_list("written_by", flat=True), Why.REPLY) | called
    called.pop(by.pk, None)
    Mention.objects.bulk_create(
        Mention(comment=said, person_id=person, why=why, said_by=by) for person, why in called.items()
    )


def _named(said: Comment) -> set[int]:
    """Keys of the people behind each “@”. Raises Refused where nobody who may read it has that name."""
    calls = named_in(said.text)
    wanted = {name.lower() for call in calls for name in call}
    if not wanted:
        return set()
    rows = rules.readers_of(said).annotate(low=Lower("name")).filter(low__in=wanted)
    people: dict[str, set[int]] = {}
    for pk, name in rows.values_list("pk", "name"):
        people.setdefault(name.lower(), set()).add(pk)
    found = set()
    for call in calls:
        name = next((name.lower() for name in call if name.lower() in people), "")
        if not name:
            raise Refused(
                f"Nobody who may read this is called “{call[-1]}”. Write the whole name, such as "
                f"@{said.written_by}, or a space behind the @."
            )
        found |= people[name]
    return found


def _faults(section: str, text: str, quote: str, wording: str) -> list[str]:
    found = [] if section in Section.Kind.values else ["Choose the section that you speak of."]
    if not text.strip() and not wording.strip():
        found.append("Write a comment, or the wording that you suggest.")
    if wording.strip() and wording.split() == quote.split():
        found.append("Your wording is the passage as it stands. Change a word.")
    found += _too_long(text, LONGEST_REMARK, "comment") + _too_long(quote, LONGEST_QUOTE, "passage")
    return found + _too_long(wording, LONGEST_WORDING, "wording")


def _too_long(text: str, most: int, what: str) -> list[str]:
    return [f"Shorten the {what} to {most:,} letters."] if len(text.strip()) > most else []


def _whose(comment: Comment) -> str:
    return str(comment.unit or comment.written_by)
