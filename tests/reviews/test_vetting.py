"""Feedback, assignments, ratings and passing on: one success and each refusal."""

from datetime import timedelta

import pytest

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from proposals.actions.sponsors import invite_sponsor
from proposals.models import Proposal
from reviews.actions import assignments, passing, ratings
from reviews.models import Assignment, Rating
from reviews.reading import with_progress
from reviews.scores import score_of

from .remarks import remark, reply


def test_feedback_counts_through_the_season(vetting, cfo, principal):
    first = remark(vetting, cfo, ask=vetting.asks.get())
    second = remark(vetting, principal, "strength", "Good.", section="Strategy")
    assert (first.code, second.code) == ("F-01", "F-02")
    assert (first.unit.code, second.unit.code) == ("FIN", "BMS")
    assert first.version.kind == "submission"
    assert Entry.objects.first().sentence == "gave feedback F-02 on P-01: strength"
    assert (first.is_open, second.is_open) == (True, False)


@pytest.mark.parametrize(
    ("given", "says"),
    [({"kind": "gossip"}, "what kind"), ({"text": " "}, "Write the remark")],
)
def test_what_feedback_needs(vetting, cfo, given, says):
    with pytest.raises(Refused, match=says):
        remark(vetting, cfo, **given)


def test_feedback_from_the_wrong_person_or_time(vetting, lead_head, cfo, at_stage):
    with pytest.raises(Refused, match="heads of other units"):
        remark(vetting, lead_head)
    at_stage("slate")
    with pytest.raises(Refused, match="consultation and vetting"):
        remark(vetting, cfo)


def test_feedback_about_another_proposals_ask(vetting, cfo, units):
    from proposals.models import Ask

    other = Proposal.objects.create(season=vetting.season, code="P-02", title="x", created_at=clock.now())
    ask = Ask.objects.create(proposal=other, code="A-09", asked_unit=units["TRN"], created_at=clock.now())
    with pytest.raises(Refused, match="another proposal"):
        remark(vetting, cfo, ask=ask)


def test_answering_feedback(vetting, cfo, lead_contributor, partner_head):
    given = remark(vetting, cfo)
    assert reply(given, lead_contributor).plan_changed is True
    assert Entry.objects.first().sentence == "answered F-01 on P-01; Finance shaped the plan"
    with pytest.raises(Refused, match="answered already by Cole Lead"):
        reply(given, partner_head)


def test_what_an_answer_to_feedback_needs(vetting, cfo, lead_head):
    given = remark(vetting, cfo)
    with pytest.raises(Refused, match="sponsoring units answer"):
        reply(given, cfo)
    with pytest.raises(Refused, match="sentence or two"):
        reply(given, lead_head, answer=" ")
    Proposal.objects.update(status="held")
    with pytest.raises(Refused, match="no longer under review"):
        reply(given, lead_head)


def test_who_is_only_invited_does_not_answer_feedback(
    vetting, units, cfo, stranger, steward, lead_head, at_stage
):
    given = remark(vetting, cfo)
    passing.return_for_revision(proposal=vetting, note="Buses.", by=steward)
    at_stage("revision")
    invite_sponsor(proposal=Proposal.objects.get(), unit=units["HRT"], by=lead_head)
    with pytest.raises(Refused, match="sponsoring units answer"):
        reply(given, stranger)


def test_assigning_everybody_leaves_conflicts_out(vetting, steward, season):
    assert assignments.assign_reviewers(season=season, by=steward) == 5
    assert {a.reviewer.name.split()[0] for a in Assignment.objects.all()} == {
        "Sofia", "Frank", "Carol", "Arno", "Hugo",
    }  # fmt: skip
    assert Entry.objects.filter(verb="assign reviewers").count() == 1
    with pytest.raises(Refused, match="Nobody is left to assign"):
        assignments.assign_reviewers(season=season, by=steward)


def test_assigning_again_moves_the_due_date(vetting, steward, season):
    assignments.assign_reviewers(season=season, by=steward)
    day = clock.today() + timedelta(days=3)
    assert assignments.assign_reviewers(season=season, by=steward, due_on=day) == 5
    assert {a.due_on for a in Assignment.objects.all()} == {day}
    with pytest.raises(Refused, match="Nobody is left"):
        assignments.assign_reviewers(season=season, by=steward, due_on=day)
    with pytest.raises(Refused, match="has passed already"):
        assignments.assign_reviewers(season=season, by=steward, due_on=clock.today() - timedelta(days=1))


def test_what_was_left_out_counts_as_done(vetting, steward, season, cfo, at_stage):
    assignments.assign_reviewers(season=season, by=steward, proposals=[vetting], reviewers=[cfo])
    rate(vetting, cfo, 4, None, None)
    row = with_progress(Assignment.objects.all()).get()
    assert (row.given, row.rated, row.criteria) == (1, 3, 3)
    passing.clear(proposal=vetting, by=steward, sure=False)


def test_clearing_with_missing_ratings_asks_first(vetting, steward, season):
    assignments.assign_reviewers(season=season, by=steward)
    with pytest.raises(Refused, match="5 assigned reviews are not complete"):
        passing.clear(proposal=vetting, by=steward, sure=False)
    with pytest.raises(Refused, match="5 assigned reviews are not complete"):
        passing.clear_all(season=season, proposals=[vetting], by=steward, sure=False)
    passing.clear(proposal=vetting, by=steward, sure=True)


def test_who_assigns_and_what(vetting, season, cfo, steward):
    with pytest.raises(Refused, match="The steward assigns"):
        assignments.assign_reviewers(season=season, by=cfo)
    with pytest.raises(Refused, match="Nobody holds such a post"):
        assignments.assign_reviewers(season=season, by=steward, reviewers=[])
    with pytest.raises(Refused, match="Tick at least one"):
        assignments.assign_reviewers(season=season, by=steward, proposals=[])


@pytest.mark.parametrize("who", ["administrator", "stranger", "steward", "research", "advisory", "auditor"])
def test_only_cabinet_and_heads_rate_in_the_score(vetting, season, steward, people, who):
    person = getattr(people, who)
    with pytest.raises(Refused, match=f"{person} does not rate in the score: cabinet members and unit heads"):
        assignments.assign_reviewers(season=season, by=steward, proposals=[vetting], reviewers=[person])
    assert not Assignment.objects.exists()


def test_where_heads_do_not_rate_they_are_advisory(vetting, season, steward, hr_head, cfo):
    season.heads_rate = False
    season.save()
    with pytest.raises(Refused, match="Hugo Resources does not rate in the score: only cabinet members"):
        assignments.assign_reviewers(season=season, by=steward, reviewers=[cfo, hr_head])
    assert assignments.assign_reviewers(season=season, by=steward, reviewers=[hr_head], advisory=True) == 1
    rate(vetting, hr_head, 5, 5, 5)
    assert score_of(vetting).raters == 0


@pytest.fixture
def assigned(vetting, steward, season) -> Proposal:
    assignments.assign_reviewers(season=season, by=steward)
    return vetting


def rate(proposal, by, *values, comments=("", "", "")):
    criteria = proposal.season.rubric.criteria.all()
    given = {c.pk: pair for c, pair in zip(criteria, zip(values, comments, strict=True), strict=True)}
    return ratings.rate(proposal=proposal, ratings=given, by=by)


def test_rating_and_rating_anew(assigned, cfo, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        rate(assigned, cfo, 4, None, 2, comments=("Clear.", "", ""))
    assert Rating.objects.count() == 2
    rate(assigned, cfo, 5, 3, None)
    assert list(Rating.objects.values_list("value", "comment")) == [(5, ""), (3, "")]
    assert score_of(assigned).raters == 1
    assert "4" not in Entry.objects.filter(verb="rate").last().sentence.replace("P-01", "")


def test_an_imported_rating_is_taken_over_by_its_reviewer(assigned, cfo):
    rate(assigned, cfo, 4, 4, 4)
    Rating.objects.update(is_imported=True)
    rate(assigned, cfo, 5, 4, 4)
    assert not Rating.objects.filter(is_imported=True).exists()


@pytest.mark.parametrize(
    ("values", "comments", "says"),
    [
        ((9, None, None), ("", "", ""), "from 1 to 5"),
        ((0, None, None), ("", "", ""), "from 1 to 5"),
        ((None, None, None), ("", "", ""), "at least one"),
        ((4, None, None), ("", "But.", ""), "clear the comment"),
    ],
)
def test_what_a_rating_needs(assigned, cfo, values, comments, says):
    with pytest.raises(Refused, match=says):
        rate(assigned, cfo, *values, comments=comments)


def test_who_and_when_of_rating(assigned, lead_head, steward, cfo, at_stage):
    with pytest.raises(Refused, match="Nobody rates their own"):
        rate(assigned, lead_head, 5, 5, 5)
    with pytest.raises(Refused, match="not assigned"):
        rate(assigned, steward, 5, 5, 5)
    at_stage("slate")
    with pytest.raises(Refused, match="open in vetting and scoring"):
        rate(assigned, cfo, 5, 5, 5)


def test_a_criterion_of_nowhere(assigned, cfo):
    with pytest.raises(Refused, match="changed meanwhile"):
        ratings.rate(proposal=assigned, ratings={0: (3, "")}, by=cfo)


def test_stepping_back(assigned, cfo, hr_head):
    rate(assigned, cfo, 5, 5, 5)
    mine = Assignment.objects.get(reviewer=cfo)
    with pytest.raises(Refused, match="reviewer or the steward"):
        assignments.recuse(assignment=mine, reason="x", by=hr_head)
    with pytest.raises(Refused, match="integrity log"):
        assignments.recuse(assignment=mine, reason=" ", by=cfo)
    assignments.recuse(assignment=mine, reason="My sister leads it.", by=cfo)
    assert Entry.objects.integrity().get().sentence == "recused from judging P-01: My sister leads it."
    assert score_of(assigned).raters == 0
    with pytest.raises(Refused, match="stepped back already"):
        assignments.recuse(assignment=mine, reason="Again.", by=cfo)
    with pytest.raises(Refused, match="You stepped back"):
        rate(assigned, cfo, 5, 5, 5)


def test_taking_the_recusal_back(assigned, cfo, hr_head, at_stage):
    rate(assigned, cfo, 5, 5, 5)
    mine = Assignment.objects.get(reviewer=cfo)
    with pytest.raises(Refused, match="has not stepped back"):
        assignments.take_recusal_back(assignment=mine, by=cfo)
    assignments.recuse(assignment=mine, reason="My sister leads it.", by=cfo)
    with pytest.raises(Refused, match="Only the steward"):
        assignments.take_recusal_back(assignment=mine, by=hr_head)
    at_stage("slate")
    with pytest.raises(Refused, match="open in vetting and scoring"):
        assignments.take_recusal_back(assignment=mine, by=cfo)
    at_stage("scoring")
    assignments.take_recusal_back(assignment=mine, by=cfo)
    mine.refresh_from_db()
    assert (mine.recused_at, mine.recused_by, mine.recusal_reason) == (None, None, "")
    assert score_of(assigned).raters == 1
    taken = Entry.objects.integrity().get(verb="take recusal back")
    assert taken.sentence == "took back their recusal from judging P-01"


def test_what_the_steward_recused_only_the_steward_takes_back(assigned, cfo, steward):
    row = Assignment.objects.get(reviewer=cfo)
    assignments.recuse(assignment=row, reason="Kin.", by=steward)
    with pytest.raises(Refused, match="Only the steward"):
        assignments.take_recusal_back(assignment=row, by=cfo)
    assert assignments.take_recusal_back(assignment=row, by=steward).recused_at is None


def test_the_steward_recuses_somebody(assigned, cfo, steward):
    assignments.recuse(assignment=Assignment.objects.get(reviewer=cfo), reason="Kin.", by=steward)
    assert "recused Frank Finance" in Entry.objects.integrity().get().sentence
