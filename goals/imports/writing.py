"""Writes the season, its rules, goals, measures and what was heard, as they were."""

from dataclasses import fields

from activity.imports import Past
from activity.sheets import Book, Row
from people.models import District, Unit, User

from ..models import (
    Agreement,
    DecisionRight,
    Goal,
    ListeningNote,
    Measure,
    Milestone,
    Observation,
    Principle,
    Problem,
    RootCause,
    Season,
    Stage,
)
from .rows import (
    CauseRow,
    GoalRow,
    ListeningRow,
    MeasureRow,
    ObservationRow,
    PrincipleRow,
    ProblemRow,
    RightRow,
    SeasonRow,
    StageRow,
)


def plain(row: Row, *others: str) -> dict:
    """Columns of a row that go into the model unchanged; `others` are left out."""
    return {f.name: getattr(row, f.name) for f in fields(row) if f.name not in ("number", *others)}


def write(book: Book, past: Past, *, digest: str, facts: dict) -> None:
    """Everything of floor 2 that does not hang on proposals."""
    _write_season(book, past, digest, facts)
    _write_rules(book, past)
    _write_goals(book, past)
    _write_measures(book, past)
    _write_listening(book, past)


def _write_season(book: Book, past: Past, digest: str, facts: dict) -> None:
    row = book.one(SeasonRow)
    season, _new = Season.objects.update_or_create(
        name=row.name,
        defaults=plain(row, "name", "agreement") | {"workbook_digest": digest, "imported_until": past.until},
    )
    past.season = season
    if row.agreement:
        Agreement.objects.update_or_create(season=season, defaults={"text": row.agreement})
    District.objects.filter(pk=1).update(facts=facts)


def _write_rules(book: Book, past: Past) -> None:
    season = past.season
    past.make(Stage, {row.order: Stage(season=season, **plain(row)) for row in book.rows(StageRow)})
    past.make(
        DecisionRight,
        {row.key: DecisionRight(season=season, **plain(row)) for row in book.rows(RightRow)},
    )
    principles = {}
    for row in book.rows(PrincipleRow):
        adopted = row.adopted_on if past.happened(row.adopted_on) else None
        principles[row.no] = Principle(
            season=season, number=row.no, text=row.text, meaning=row.meaning, adopted_on=adopted
        )
    past.make(Principle, principles)


def _write_goals(book: Book, past: Past) -> None:
    season = past.season
    problems = {
        row.code: Problem(season=season, owner=past.get(Unit, row.owner), **plain(row, "owner"))
        for row in book.rows(ProblemRow)
    }
    goals = {}
    for row in book.rows(GoalRow):
        owner = past.get(Unit, row.owner)
        if row.problem not in problems:
            problems[row.problem] = Problem(
                season=season, code=row.problem, title=row.problem, description="", evidence="", owner=owner
            )
    past.make(Problem, problems)
    for row in book.rows(GoalRow):
        goals[row.code] = Goal(
            season=season,
            owner=past.get(Unit, row.owner),
            problem=problems[row.problem],
            published_on=row.published_on if past.happened(row.published_on) else None,
            **plain(row, "owner", "problem", "partners", "published_on"),
        )
    past.make(Goal, goals)
    past.link(
        Goal.partners.through,
        (
            {"goal": goals[row.code], "unit": past.get(Unit, code)}
            for row in book.rows(GoalRow)
            for code in row.partners
        ),
    )
    for goal in goals.values():
        if goal.published_on:
            past.tell("publish", goal, f"published goal {goal}", on=goal.published_on)
    past.make(
        RootCause,
        {row.code: RootCause(goal=goals[row.goal], **plain(row, "goal")) for row in book.rows(CauseRow)},
    )


def _write_measures(book: Book, past: Past) -> None:
    ways = ("goal", "investment", "first_on", "first", "second_on", "second", "collected_by")
    measures = {
        row.code: Measure(
            season=past.season,
            # Measures of investments stand with them; a goal is met by its own.
            goal=None if row.investment else past.get(Goal, row.goal),
            collected_by=past.get(Unit, row.collected_by),
            **plain(row, *ways),
        )
        for row in book.rows(MeasureRow)
    }
    past.make(Measure, measures)
    milestones = {
        (row.code, on): Milestone(measure=measures[row.code], on=on, value=value)
        for row in book.rows(MeasureRow)
        for on, value in ((row.first_on, row.first), (row.second_on, row.second))
        if on is not None
    }
    past.make(Milestone, milestones)


def _write_listening(book: Book, past: Past) -> None:
    past.make(
        ListeningNote,
        {
            row.code: ListeningNote(
                season=past.season,
                goal=past.get(Goal, row.goal),
                heard_by=past.get(User, row.heard_by),
                **plain(row, "goal", "heard_by", "proposals"),
            )
            for row in book.rows(ListeningRow)
            if past.happened(row.on)
        },
    )


def write_observations(book: Book, past: Past) -> None:
    past.make(
        Observation,
        {
            row.key: Observation(
                measure=past.get(Measure, row.measure),
                school=past.get(Unit, row.school),
                entered_by=past.get(User, row.entered_by),
                **plain(row, "measure", "school", "entered_by"),
            )
            for row in book.rows(ObservationRow)
            if past.happened(row.on)
        },
    )
