"""The demo season's workbook: every row of every sheet becomes what it was, once."""

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from activity.models import Entry, Notice
from investments.models import Commitment, Investment, InvestmentMeasure
from people.models import District, Post, Unit, User
from proposals.models import Proposal, ProposalVersion, SignOn
from proposals.models.content import content_of, substance_of
from reviews.models import Condition, Rating
from slates.models import Approval, Slate
from tests.desk.conftest import LARKMOOR, houses

pytestmark = pytest.mark.django_db

EXPECTED = json.loads((Path(__file__).parent / "larkmoor_fy27.json").read_text(encoding="utf-8"))
MODELS = {
    "Units": "people.Unit", "People": "people.User", "Principles": "goals.Principle",
    "Decision rights": "goals.DecisionRight", "Stages": "goals.Stage", "Problems": "goals.Problem",
    "Goals": "goals.Goal", "Root causes": "goals.RootCause", "Measures": "goals.Measure",
    "Fund sources": "funds.FundSource", "Account codes": "funds.AccountCode",
    "Positions": "funds.PositionPrice", "Cost assumptions": "funds.CostAssumption",
    "Proposals": "proposals.Proposal", "Sponsors": "proposals.Sponsorship",
    "Cost lines": "proposals.CostLine", "Asks": "proposals.AskTerms",
    "School demands": "proposals.SchoolDemand", "Links": "proposals.ProposalLink",
    "Rubric": "reviews.Criterion", "Ratings": "reviews.Rating", "Feedback": "reviews.Feedback",
    "Listening notes": "goals.ListeningNote", "Decisions": "slates.Decision",
    "Decision lines": "slates.SlateLine", "Commitments": "investments.Commitment",
    "Observations": "goals.Observation", "PDSA cycles": "investments.TestCycle",
    "Updates": "investments.Update", "Lessons": "investments.Lesson",
}  # fmt: skip


@pytest.mark.parametrize("sheet", sorted(MODELS))
def test_every_row_of_a_sheet_is_there(larkmoor, sheet):
    assert apps.get_model(MODELS[sheet])._base_manager.count() == EXPECTED["rows"][sheet]


def test_investments_of_decisions_carry_on_those_that_run(larkmoor):
    assert Investment.objects.filter(decision=None).count() == EXPECTED["rows"]["Investments"]
    made = Investment.objects.exclude(decision=None)
    assert made.count() == 14
    assert made.first().code == "I-27-01"
    assert sum(i.cost_cents for i in made) == 6_296_456_00
    assert InvestmentMeasure.objects.count() > 0
    assert Commitment.objects.filter(endorsement__isnull=False).count() == 42


def test_people_hold_the_posts_that_the_sheets_name(larkmoor):
    head = Post.objects.get(unit__code="TRN", role=Post.Role.HEAD)
    assert head.person.name == "Yvette Moore"
    assert User.objects.get(name="Marcus Whitfield").roles >= {"cfo", "cabinet"}
    assert not User.objects.get(name="Amara J.").has_usable_password()
    assert Unit.objects.get(code="TRN").cabinet_member.name == "Carla Stone"


def test_versions_stand_for_the_gates(larkmoor):
    assert ProposalVersion.objects.filter(number=1, kind="submission").count() == 18
    assert ProposalVersion.objects.filter(number=2, kind="resubmission").count() == 17
    first, last = Proposal.objects.get(code="P-01").versions.order_by("number")
    assert first.content["demands"] != last.content["demands"]
    assert not Rating.objects.exclude(version__number=2).exclude(version__proposal__code="P-18").exists()
    for version in (first, last):
        assert version.substance == substance_of(version.content)


def test_the_last_version_is_the_proposal_as_it_stands(larkmoor):
    for proposal in Proposal.objects.order_by("code")[:3]:
        assert content_of(proposal) == proposal.versions.last().content
    assert SignOn.objects.count() == EXPECTED["rows"]["Sponsors"]


def test_history_says_that_it_was_imported_and_nobody_is_told(larkmoor):
    assert Entry.objects.filter(is_imported=False).count() == 0
    assert Entry.objects.integrity().count() == 4
    assert Notice.objects.count() == 0
    entry = Entry.objects.filter(verb="submit").order_by("pk").first()
    assert entry.digest == entry.digest_of_content()
    assert Condition.objects.filter(accepted_at__isnull=False).count() == 12


def test_the_slate_is_approved_by_both_keys_and_released(larkmoor):
    slate = Slate.objects.get()
    assert slate.status == "released"
    assert set(Approval.objects.values_list("key", flat=True)) == {"cfo", "superintendent"}
    assert District.objects.get().facts["Students"] == 21_400


def test_the_same_workbook_again_changes_nothing(larkmoor, capsys):
    before = houses()
    call_command("import_season", str(LARKMOOR))
    assert "nothing changed" in capsys.readouterr().out
    assert houses() == before


def test_the_same_workbook_at_another_moment_is_refused(larkmoor):
    with pytest.raises(CommandError, match="begin anew"):
        call_command("import_season", str(LARKMOOR), at="consultation")
