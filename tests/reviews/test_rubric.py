"""The rubric: weights add up to 100, one gate, and a reason once drafting opened."""

from decimal import Decimal

import pytest
from django.http import Http404

from activity.models import Entry
from activity.refused import Refused
from reviews.actions.rubric import change_criterion, set_rubric, use_usual_rubric
from reviews.actions.usual_rubric import USUAL
from reviews.models import Criterion
from reviews.rules.rubric import CriterionLine, criterion_for


def line(name, weight, *, gate=False, key=None):
    return CriterionLine(key, name, Decimal(weight), gate)


def test_the_usual_rubric_can_be_published():
    assert sum(criterion["weight"] for criterion in USUAL) == 100
    assert [criterion["name"] for criterion in USUAL if criterion["is_gate"]] == ["Collaboration plan"]
    assert all(set(criterion["anchors"]) == set("12345") for criterion in USUAL)


def test_begin_with_the_usual_rubric_once(season, steward, at_stage):
    at_stage("setup")
    use_usual_rubric(season=season, by=steward)
    assert Criterion.objects.filter(rubric__season=season).count() == 6
    with pytest.raises(Refused, match="already"):
        use_usual_rubric(season=season, by=steward)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([line("A", 60, gate=True), line("B", 30)], "add up to 90"),
        ([line("A", 60, gate=True), line("B", "40.01")], "add up to 100.01"),
        ([line("A", 60), line("B", 40)], "Choose one criterion"),
        ([line("A", 60, gate=True), line("B", 40, gate=True)], "Choose one criterion"),
        ([line("A", 100, gate=True), line("B", 0)], "weight above 0"),
        ([line("A", 60, gate=True), line("a", 40)], "stands twice"),
        ([], "add up to 0"),
        ([line("A", 100, gate=True, key=999_999)], "removed meanwhile"),
    ],
)
def test_what_keeps_a_rubric_from_being_set(season, steward, at_stage, lines, words):
    at_stage("setup")
    with pytest.raises(Refused, match=words):
        set_rubric(season=season, lines=lines, by=steward)
    assert not Criterion.objects.exists()


def test_weights_gate_and_names_change_together(season, rubric, steward, at_stage):
    at_stage("setup")
    first, second, third = rubric.criteria.all()
    lines = [
        line(second.name, 55, key=first.pk, gate=True),
        line(first.name, 25, key=second.pk),
        line("New", 20),
    ]
    set_rubric(season=season, lines=lines, by=steward)
    rows = list(rubric.criteria.values_list("name", "weight", "is_gate"))
    assert rows == [(second.name, 55, True), (first.name, 25, False), ("New", 20, False)]
    assert not Criterion.objects.filter(pk=third.pk).exists()


def test_others_do_not_set_the_rubric(season, rubric, lead_head, at_stage):
    at_stage("setup")
    with pytest.raises(Refused, match="Only the process steward"):
        set_rubric(season=season, lines=[line("A", 100, gate=True)], by=lead_head)
    with pytest.raises(Http404):
        criterion_for(lead_head, rubric.criteria.first().pk)


def test_after_drafting_opened_a_reason_stands_in_the_log(season, rubric, steward, at_stage):
    at_stage("scoring")
    criterion = rubric.criteria.first()
    with pytest.raises(Refused, match="give a reason"):
        change_criterion(criterion=criterion, values={"question": "Why?"}, by=steward)
    change_criterion(criterion=criterion, values={"question": "Why?"}, by=steward, reason="Unclear")
    assert Entry.objects.integrity().get().sentence.endswith("Reason: Unclear")


def test_a_criterion_keeps_its_own_name(season, rubric, steward, at_stage):
    at_stage("setup")
    first, second, _third = rubric.criteria.all()
    with pytest.raises(Refused, match="Another criterion"):
        change_criterion(criterion=first, values={"name": second.name.upper()}, by=steward)
