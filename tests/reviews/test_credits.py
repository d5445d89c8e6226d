"""By whom a proposal was shaped: accepted wording and agreed conditions, on the pages that decide."""

import pytest
from django.urls import reverse

from proposals.actions import remarks
from reviews.actions.answers import accept_condition, answer_ask
from reviews.credits import credited, credits_of


@pytest.mark.parametrize(
    ("wording", "conditions", "found"),
    [
        ([], [], []),
        (["B"], [], ["B (wording)"]),
        ([], ["A"], ["A (a condition)"]),
        (["B", "A"], ["A"], ["A (wording and a condition)", "B (wording)"]),
    ],
)
def test_credits_in_words(wording, conditions, found):
    assert credited(wording, conditions) == found


@pytest.fixture
def conditional(submitted, asked_head):
    ask = submitted.asks.get()
    return answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer="conditional", reason="We can.",
        condition="Only in May.", by=asked_head,
    ).condition  # fmt: skip


def test_a_condition_counts_once_it_is_agreed(conditional, submitted, partner_head):
    assert credits_of([submitted.pk]) == {}
    accept_condition(condition=conditional, by=partner_head)
    assert credits_of([submitted.pk]) == {submitted.pk: ["Transportation (a condition)"]}
    assert credits_of([]) == {}


def test_both_stand_on_the_reading_view(conditional, submitted, people, at_stage, signed_in):
    at_stage("consultation")
    for by in (people.asked_head, people.hr_head):
        said = remarks.comment(
            proposal=submitted, section="strategy", text="", quote="every week", wording="twice", by=by
        )
    remarks.accept_suggestion(comment=said, by=people.partner_head)
    accept_condition(condition=conditional, by=people.partner_head)
    credits = ["Human resources (wording)", "Transportation (a condition)"]
    assert credits_of([submitted.pk]) == {submitted.pk: credits}
    page = signed_in(people.stranger).get(reverse("proposal", args=[submitted.pk]))
    assert page.context["shaped_by"] == credits
    assert "<dt>Shaped by</dt>" in page.text


def test_it_takes_one_query(conditional, submitted, partner_head, django_assert_num_queries):
    accept_condition(condition=conditional, by=partner_head)
    with django_assert_num_queries(1):
        credits_of([submitted.pk, 0])
