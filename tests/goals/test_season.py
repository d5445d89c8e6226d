"""Rules of the season: drafted by the steward, adopted by the superintendent, frozen by drafting."""

from datetime import date

import pytest
import time_machine
from django.http import Http404

from activity.models import Entry
from activity.refused import Refused
from goals import actions, inbox, rules
from goals.models import Season, Stage

NEXT = {"name": "FY28", "fiscal_year_starts": date(2027, 7, 1), "fiscal_year_ends": date(2028, 6, 30)}


@pytest.fixture
def draft(people) -> Season:
    """A season that has just begun."""
    return actions.create_season(by=people.steward, **NEXT)


@pytest.mark.parametrize(
    ("who", "sets_up", "adopts"),
    [
        ("steward", True, False),
        ("superintendent", True, True),
        ("administrator", False, False),
        ("cfo", False, False),
        ("lead_head", False, False),
    ],
)
def test_who_sets_up_and_adopts(people, who, sets_up, adopts):
    user = getattr(people, who)
    assert (rules.can_set_up_season(user), rules.can_adopt(user)) == (sets_up, adopts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "Season"}, "must end with the year"),
        ({"fiscal_year_ends": date(2027, 12, 31)}, "about twelve months"),
        ({"fiscal_year_ends": date(2026, 12, 31)}, "about twelve months"),
        ({"name": "fy27"}, "already"),
    ],
)
def test_a_season_is_named_by_its_year(season, steward, change, words):
    with pytest.raises(Refused, match=words):
        actions.create_season(by=steward, **NEXT | change)


def test_others_do_not_begin_a_season(lead_head, people):
    with pytest.raises(Refused, match="Only the process steward"):
        actions.create_season(by=lead_head, **NEXT)


@time_machine.travel("2026-06-01", tick=False)  # before the season's drafting opens
def test_a_newcomer_needs_four_clicks(draft, people):
    assert len(rules.blockers_to_adopt(draft)) == 3
    actions.lay_out_usual_stages(season=draft, by=people.steward)
    actions.use_usual_decision_rights(season=draft, by=people.steward)
    actions.add_principle(season=draft, values={"text": "Students first."}, by=people.steward)
    draft = Season.objects.get(pk=draft.pk)
    assert draft.submission_due_on == draft.stages.get(kind="drafting").closes
    adopted = actions.adopt_season(season=draft, by=people.superintendent)
    assert adopted.adopted_by == people.superintendent
    assert not Entry.objects.integrity().exists()


def test_adoption_is_refused_in_words(draft, people, season):
    with pytest.raises(Refused, match=r"no stage for .*drafting.*guiding principles.*who decides"):
        actions.adopt_season(season=draft, by=people.superintendent)
    with pytest.raises(Refused, match="Only the superintendent"):
        actions.adopt_season(season=draft, by=people.steward)
    with pytest.raises(Refused, match="already"):
        actions.adopt_season(season=season, by=people.superintendent)


def test_the_calendar_is_laid_out_once(draft, steward):
    actions.lay_out_usual_stages(season=draft, by=steward)
    with pytest.raises(Refused, match="has stages already"):
        actions.lay_out_usual_stages(season=Season.objects.get(pk=draft.pk), by=steward)


@pytest.mark.parametrize(
    ("stage", "adopted", "digest", "frozen"),
    [
        ("goals", True, "", False),
        ("drafting", True, "", True),
        ("scoring", True, "", True),
        ("drafting", False, "", False),
        ("drafting", False, "abc", True),
    ],
)
def test_when_the_rules_freeze(season, at_stage, people, stage, adopted, digest, frozen):
    at_stage(stage)
    season.workbook_digest = digest
    if not adopted:
        season.adopted_at = season.adopted_by = None
    assert rules.is_frozen(season) is frozen


def test_before_drafting_a_change_is_plain(season, at_stage, steward):
    at_stage("goals")
    actions.change_season(season=season, values={"joint_points": 4}, by=steward)
    assert not Entry.objects.integrity().exists()


def test_after_drafting_opened_a_change_needs_a_reason_that_everybody_reads(season, at_stage, steward):
    at_stage("drafting")
    with pytest.raises(Refused, match="give a reason"):
        actions.change_season(season=season, values={"joint_points": 4}, by=steward)
    actions.change_season(season=season, values={"joint_points": 4}, by=steward, reason="Board vote")
    entry = Entry.objects.integrity().get()
    assert entry.sentence.endswith("Reason: Board vote") and entry.details["joint_points"] == ["5.00", "4"]


CHANGES = [
    lambda s, **by: actions.add_stage(
        season=s, **by,
        values={"name": "X", "kind": "closed", "opens": date(2026, 6, 1), "closes": date(2026, 6, 2)},
    ),
    lambda s, **by: actions.change_stage(stage=s.stages.get(kind="slate"), values={"name": "Y"}, **by),
    lambda s, **by: actions.remove_stage(stage=s.stages.get(kind="revision"), **by),
    lambda s, **by: actions.add_principle(season=s, values={"text": "X"}, **by),
    lambda s, **by: actions.change_principle(principle=s.principles.first(), values={"text": "X"}, **by),
    lambda s, **by: actions.remove_principle(principle=s.principles.first(), **by),
    lambda s, **by: actions.add_decision_right(
        season=s, values={"decision_type": "X", "recommend": "A", "decide": "B"}, **by
    ),
    lambda s, **by: actions.set_agreement(season=s, text="New words", **by),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_every_part_of_the_rules_freezes(season, at_stage, steward, lead_head, change):
    at_stage("vetting")
    with pytest.raises(Refused, match="give a reason"):
        change(season, by=steward)
    with pytest.raises(Refused, match="Only the process steward"):
        change(season, by=lead_head, reason="Because")
    change(season, by=steward, reason="Because")
    assert Entry.objects.integrity().get().details["reason"] == "Because"


def test_a_stage_takes_its_place_by_its_dates(season, steward, at_stage):
    at_stage("setup")
    values = {"name": "Hearing", "kind": "goals", "opens": date(2025, 9, 1), "closes": date(2025, 9, 2)}
    actions.add_stage(season=season, values=values, by=steward)
    assert list(season.stages.values_list("kind", flat=True))[:3] == ["setup", "goals", "goals"]
    orders = list(Stage.objects.filter(season=season).values_list("order", flat=True))
    assert orders == list(range(1, len(orders) + 1))


def test_a_stage_does_not_close_before_it_opens(season, steward, at_stage):
    at_stage("setup")
    with pytest.raises(Refused, match="closes before it opens"):
        actions.change_stage(
            stage=season.stages.get(kind="goals"), values={"closes": date(2025, 1, 1)}, by=steward
        )


def test_overlaps_and_missing_stages_are_said_not_refused(season, steward, at_stage):
    at_stage("setup")
    assert rules.stage_warnings(season.all_stages) == []
    actions.change_stage(
        stage=season.stages.get(kind="goals"), values={"closes": date(2025, 11, 3)}, by=steward
    )
    actions.remove_stage(stage=season.stages.get(kind="slate"), by=steward)
    warnings = rules.stage_warnings(list(season.stages.all()))
    assert "before “Goals” has closed" in warnings[0] and "no stage for slate" in warnings[1]


def test_the_scale_and_the_threshold_fit(season, steward, at_stage):
    at_stage("setup")
    with pytest.raises(Refused, match="threshold"):
        actions.change_season(season=season, values={"joint_threshold": 7}, by=steward)
    with pytest.raises(Refused, match="highest rating"):
        actions.change_season(season=season, values={"rating_to": 1}, by=steward)


def test_a_decision_stands_once(season, steward, at_stage):
    at_stage("setup")
    actions.use_usual_decision_rights(season=season, by=steward)
    with pytest.raises(Refused, match="already"):
        actions.use_usual_decision_rights(season=season, by=steward)
    with pytest.raises(Refused, match="stands in the list"):
        actions.add_decision_right(
            season=season, by=steward,
            values={"decision_type": "which proposals are FUNDED", "recommend": "A", "decide": "B"},
        )  # fmt: skip


def test_parts_of_the_rules_are_404_for_others(season, lead_head, steward):
    stage = season.stages.first()
    assert rules.stage_for(steward, stage.pk) == stage
    with pytest.raises(Http404):
        rules.stage_for(lead_head, stage.pk)
    with pytest.raises(Http404):
        rules.stage_for(steward, 999_999)


def test_the_superintendent_is_awaited_until_the_rules_are_adopted(draft, people, steward):
    assert inbox.awaited() == []
    actions.lay_out_usual_stages(season=draft, by=steward)
    row = inbox.awaited()[0]
    assert row.person_name == people.superintendent.name and "Adopt" in row.sentence
    assert inbox.awaited([people.lead_head]) == []
    Season.objects.filter(pk=draft.pk).update(workbook_digest="abc")
    assert inbox.awaited() == []
