"""Two people at once, in real threads on PostgreSQL: one wins, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from activity.models import Entry
from activity.refused import Refused
from proposals.models import Proposal
from reviews.actions import assignments, feedback, passing
from reviews.actions.answers import accept_condition, answer_ask, refuse_condition
from reviews.models import Assignment, Condition, Endorsement, Feedback

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts) -> list[str]:
    """Run the acts in threads of their own that start together; 'done' or the refusal of each."""
    start, outcomes = Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act) -> None:
        start.wait()
        try:
            act()
            outcomes[number] = "done"
        except Refused as refused:
            outcomes[number] = str(refused)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes, key=lambda outcome: outcome != "done")


def answering(ask, by, answer, condition=""):
    seen = {"terms_id": ask.current_terms.pk, "latest_number": 0}
    return lambda: answer_ask(ask=ask, answer=answer, reason="x", condition=condition, by=by, **seen)


def test_two_answers_at_once(submitted, asked_head, asked_deputy):
    ask = submitted.asks.get()
    first, second = at_once(answering(ask, asked_head, "endorsed"), answering(ask, asked_deputy, "declined"))
    assert first == "done"
    assert "answered a moment ago" in second
    assert Endorsement.objects.count() == 1
    assert Entry.objects.filter(verb="answer").count() == 1


def test_a_condition_accepted_and_refused_at_once(submitted, asked_head, lead_head, partner_head):
    ask = submitted.asks.get()
    condition = answering(ask, asked_head, "conditional", "In May.")().condition
    first, second = at_once(
        lambda: accept_condition(condition=condition, by=lead_head),
        lambda: refuse_condition(condition=condition, reason="No bus.", by=partner_head),
    )
    assert first == "done"
    assert "already" in second
    condition = Condition.objects.get()
    assert (condition.accepted_at is None) != (condition.refused_at is None)


def test_feedback_codes_stay_apart(submitted, rubric, people, at_stage):
    at_stage("vetting")
    writers = (people.cfo, people.hr_head, people.principal, people.asked_head)
    done = at_once(
        *(
            lambda by=by: feedback.give_feedback(proposal=submitted, kind="question", text="?", by=by)
            for by in writers
        )
    )
    assert done == ["done"] * 4
    assert sorted(Feedback.objects.values_list("code", flat=True)) == ["F-01", "F-02", "F-03", "F-04"]


def test_two_answers_to_one_remark(submitted, rubric, cfo, lead_head, partner_head, at_stage):
    at_stage("vetting")
    given = feedback.give_feedback(proposal=submitted, kind="question", text="?", by=cfo)
    first, second = at_once(
        *(
            lambda by=by: feedback.answer_feedback(feedback=given, answer="x", plan_changed=True, by=by)
            for by in (lead_head, partner_head)
        )
    )
    assert (first, "answered already" in second) == ("done", True)


def test_cleared_and_returned_at_once(submitted, steward, season):
    first, second = at_once(
        lambda: passing.clear(proposal=submitted, by=steward),
        lambda: passing.return_all(season=season, proposals=[submitted], note="Buses.", by=steward),
    )
    assert (first, "reload" in second) == ("done", True)
    assert Proposal.objects.get().status in ("vetted", "in_revision")


def test_assigning_twice_at_once(submitted, rubric, season, steward):
    first, second = at_once(*[lambda: assignments.assign_reviewers(season=season, by=steward)] * 2)
    assert (first, "Nobody is left to assign" in second) == ("done", True)
    assert Assignment.objects.count() == 5
