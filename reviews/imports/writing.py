"""Writes the rubric, answers to asks, feedback, assignments and ratings, as they were."""

from activity.imports import Past
from activity.sheets import Book
from goals.imports.calendar import closing, opening
from people.imports import PersonRow
from people.models import Post, Unit, User
from proposals.imports import AskRow
from proposals.imports.versions import last_version
from proposals.models import Ask, AskTerms, Proposal

from ..models import Assignment, Condition, Criterion, Endorsement, Feedback, Rating, Rubric
from .rows import CriterionRow, FeedbackRow, RatingRow
from .scoring import advisory_names

SAID = {
    "endorsed": "endorsed ask {}", "conditional": "endorsed ask {} with a condition",
    "declined": "declined ask {}", "not_affected": "answered that ask {} does not affect them",
}  # fmt: skip


def write(book: Book, past: Past) -> None:
    _write_rubric(book, past)
    _write_answers(book, past)
    _write_feedback(book, past)
    _write_assignments(book, past)
    _write_ratings(book, past)


def _write_rubric(book: Book, past: Past) -> None:
    if not book.has(CriterionRow):
        return
    rubric, _new = Rubric.objects.get_or_create(season=past.season)
    past.make(
        Criterion,
        {
            row.name: Criterion(
                rubric=rubric, order=order, name=row.name, weight=row.weight, question=row.question,
                is_gate=row.is_gate, anchors=row.anchors or {},
            )
            for order, row in enumerate(book.rows(CriterionRow), start=1)
        },
    )  # fmt: skip


def _write_answers(book: Book, past: Past) -> None:
    endorsements, conditions = {}, {}
    for row in book.rows(AskRow):
        terms = past.get(AskTerms, row.code)
        if terms is None or not row.answer or not past.happened(row.answered_on):
            continue
        ask, person = past.get(Ask, row.code), past.get(User, row.answered_by)
        endorsements[row.code] = Endorsement(
            terms=terms, answer=row.answer, reason=row.reason, answered_at=past.at(row.answered_on),
            answered_by=person, is_imported=True,
        )  # fmt: skip
        said = SAID[row.answer].format(f"{row.code} for {ask.asked_unit}")
        past.tell("answer", ask, said, on=row.answered_on, by=person)
    past.make(Endorsement, endorsements)
    for row in book.rows(AskRow):
        if row.code in endorsements and row.condition:
            accepted = past.happened(row.condition_accepted_on)
            conditions[row.code] = Condition(
                endorsement=endorsements[row.code], text=row.condition, is_imported=True,
                accepted_at=past.at(row.condition_accepted_on) if accepted else None,
            )  # fmt: skip
            if accepted:
                past.tell(
                    "accept condition", past.get(Ask, row.code), f"accepted the condition of ask {row.code}",
                    on=row.condition_accepted_on,
                )  # fmt: skip
    past.make(Condition, conditions)


def _write_feedback(book: Book, past: Past) -> None:
    feedback = {}
    for row in book.rows(FeedbackRow):
        version = last_version(past, row.proposal, until=row.written_on)
        if version is None or not past.happened(row.written_on):
            continue
        author, answered = past.get(User, row.written_by), past.happened(row.answered_on)
        feedback[row.code] = Feedback(
            version=version,
            code=row.code,
            kind=row.kind,
            written_by=author,
            unit=past.get(Unit, row.unit),
            ask=past.get(Ask, row.ask),
            section=row.section,
            text=row.text,
            written_at=past.at(row.written_on),
            answer=row.answer if answered else "",
            answered_at=past.at(row.answered_on) if answered else None,
            answered_by=past.get(User, row.answered_by) if answered else None,
            plan_changed=row.plan_changed if answered else None,
            is_imported=True,
        )
    past.make(Feedback, feedback)
    for row in book.rows(FeedbackRow):
        if row.code not in feedback:
            continue
        proposal = past.get(Proposal, row.proposal)
        said = f"gave feedback {row.code} on {proposal}"
        past.tell("give feedback", proposal, said, on=row.written_on, by=past.get(User, row.written_by))
        if feedback[row.code].answered_at:
            said = f"answered feedback {row.code} on {proposal}"
            past.tell(
                "answer feedback", proposal, said, on=row.answered_on, by=past.get(User, row.answered_by)
            )


def _assigner(book: Book, past: Past) -> User | None:
    """Who assigns reviewers: the steward, else the superintendent."""
    for role in (Post.Role.STEWARD, Post.Role.SUPERINTENDENT):
        for row in book.rows(PersonRow):
            if role in row.roles:
                return past.get(User, row.name)
    return None


def _write_assignments(book: Book, past: Past) -> None:
    """Who rates was assigned when vetting began; before that day nobody is awaited."""
    opens, closes = opening(book, "vetting") or opening(book, "scoring"), closing(book, "scoring")
    assigner, advisory = _assigner(book, past), advisory_names(book)
    assignments = {}
    for row in book.rows(RatingRow):
        proposal, key = past.get(Proposal, row.proposal), (row.proposal, row.reviewer)
        day = min(opens, row.rated_on) if opens else row.rated_on
        if key in assignments or proposal is None or proposal.submitted_at is None or not past.happened(day):
            continue
        reviewer = past.get(User, row.reviewer)
        assignments[key] = Assignment(
            proposal=proposal, reviewer=reviewer, is_advisory=row.reviewer in advisory,
            assigned_at=past.at(day), assigned_by=assigner or reviewer, due_on=closes,
        )  # fmt: skip
    past.make(Assignment, assignments)


def _write_ratings(book: Book, past: Past) -> None:
    advisory, ratings, days = advisory_names(book), {}, {}
    for row in book.rows(RatingRow):
        version = last_version(past, row.proposal)
        if version is None or not past.happened(row.rated_on):
            continue
        ratings[row.key] = Rating(
            version=version, criterion=past.get(Criterion, row.criterion),
            reviewer=past.get(User, row.reviewer), value=row.value,
            is_advisory=row.reviewer in advisory, rated_at=past.at(row.rated_on), is_imported=True,
        )  # fmt: skip
        pair = (row.proposal, row.reviewer)
        days[pair] = max(row.rated_on, days.get(pair, row.rated_on))
    past.make(Rating, ratings)
    for (code, name), day in days.items():
        proposal = past.get(Proposal, code)
        past.tell("rate", proposal, f"rated {proposal}", on=day, by=past.get(User, name))
