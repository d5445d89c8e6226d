"""A season as it stood in each of its stages: what happened later is left out."""

from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from activity import clock
from desk import demo
from desk.figures import figures
from desk.season_import.importing import import_season, preview
from desk.season_import.moment import day_within
from goals.models import Goal, Season, Stage
from people.models import User
from proposals.models import Ask, AskTerms, Intent, Proposal, SchoolDemand
from reviews.models import Endorsement, Feedback, Rating
from slates.models import Decision
from tests.desk.conftest import LARKMOOR
from tests.desk.small_district import STAGES, build, save

pytestmark = pytest.mark.django_db


def statuses() -> set[str]:
    return set(Proposal.objects.values_list("status", flat=True))


def at(stage: str) -> Season:
    return import_season(preview(LARKMOOR, at=stage))


@pytest.mark.parametrize(("order", "kind"), [(n, stage[0]) for n, stage in enumerate(STAGES, start=1)])
def test_every_stage_can_be_taken(tmp_path, order, kind):
    season = import_season(preview(save(build(), tmp_path / "season.xlsx"), at=str(order)))
    assert figures(season)["season"] == "FY28"
    assert season.imported_until == day_within(*STAGES[order - 1][1:])
    assert Proposal.objects.count() == (0 if kind in ("goals", "intents") else 2)


def test_before_the_call_nothing_is_proposed():
    at("goals")
    assert not Intent.objects.exists()
    assert not Goal.objects.published().exists()


def test_intents_stand_for_proposals_to_come():
    at("intents")
    intent = Intent.objects.get(title__startswith="Restorative")
    assert (intent.problem.code, intent.unit.code) == ("PB-1", "SSS")
    assert intent.idea.count(".") <= 1 or intent.idea.endswith(".")
    assert not Proposal.objects.exists()
    assert Goal.objects.published().count() == 6


def test_drafts_have_unsent_asks():
    at("drafting")
    assert statuses() == {"draft"}
    assert Ask.objects.count() == 54
    assert not AskTerms.objects.exists()
    assert all(not ask.current_terms for ask in Ask.objects.prefetch_related("terms")[:5])


def test_in_consultation_most_asks_are_open():
    season = at("consultation")
    assert statuses() == {"submitted"}
    counts = [row["asks"] for row in figures(season)["proposals"].values()]
    assert sum(asks["open"] for asks in counts) > 27
    assert not Feedback.objects.exists()


def test_in_revision_what_waits_is_in_revision():
    at("revision")
    assert statuses() == {"in_revision", "submitted"}
    assert Feedback.objects.open().exists()
    october = SchoolDemand.objects.filter(proposal__code="P-01", month=date(2026, 10, 1), school__code="M01")
    assert [d.hours for d in october.filter(activity="training_day")] == [90]
    assert not october.filter(activity="meeting").exists()


def test_in_scoring_some_have_rated():
    at("scoring")
    assert statuses() == {"submitted"}
    assert 0 < Rating.objects.count() < 726


def test_at_the_slate_everything_is_answered_and_vetted():
    at("slate")
    assert statuses() == {"vetted"}
    assert Endorsement.objects.count() == 54
    assert not Decision.objects.exists()


def test_at_the_decision_nothing_is_published():
    season = at("11")
    assert statuses() == {"held"}
    assert Decision.objects.count() == 18
    assert not Decision.objects.released().exists()
    assert figures(season)["slate"]["total"] == 0


def test_a_stage_by_its_name_and_an_unknown_one():
    assert at("Board workshop").imported_until == date(2026, 3, 24)
    with pytest.raises(CommandError, match="There is no stage “dreaming”"):
        call_command("import_season", str(LARKMOOR), at="dreaming")


def test_jumping_in_the_demo(settings):
    settings.DEMO = True
    clock.forget()
    assert demo.load().name == "FY27"
    assert demo.load() is None
    assert clock.today() == date(2026, 3, 20)
    head = User.objects.get(name="Yvette Moore")
    again = demo.jump(Stage.objects.get(order=6), head)
    assert (again.email, again.password) == (head.email, head.password)
    assert clock.today() == date(2025, 12, 19)
    assert statuses() == {"submitted"}
    demo.move_clock(Stage.objects.get(order=8))
    assert clock.today() == date(2026, 1, 28)
    assert statuses() == {"submitted"}
    clock.forget()


def test_no_demo_outside_of_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(RuntimeError):
        demo.load()
    with pytest.raises(CommandError, match="demo mode only"):
        call_command("load_demo")
