"""Whoever tries what is not theirs on this floor stands in history, though nothing else was written."""

import pytest

from activity.models import Entry
from reviews.actions import feedback
from reviews.actions.answers import answer_ask
from reviews.models import Endorsement

ACTS = [
    ("stranger", "/asks/{ask}/", {"answer": "endorsed", "reason": "x", "terms_id": "{terms}"}),
    ("lead_contributor", "/conditions/{condition}/accept/", {}),
    ("asked_head", "/conditions/{condition}/refuse/", {"refusal-reason": "x"}),
    ("lead_head", "/vetting/{p}/", {"value_{criterion}": "4"}),
    ("steward", "/vetting/{p}/", {"value_{criterion}": "4"}),
    ("stranger", "/vetting/{p}/feedback/", {"feedback-kind": "question", "feedback-text": "?"}),
    (
        "cfo",
        "/feedback/{remark}/answer/",
        {"reply-{remark}-answer": "x", "reply-{remark}-plan_changed": "no"},
    ),
    ("stranger", "/proposals/{p}/resubmit/", {}),
    ("cfo", "/vetting/{p}/return/", {"pass-reason": "x"}),
    ("stranger", "/vetting/{p}/clear/", {}),
    ("stranger", "/vetting/{p}/reviewer/", {}),
]


@pytest.mark.parametrize(("who", "address", "typed"), ACTS)
def test_a_denial_is_kept(review, people, signed_in, who, address, typed):
    ask = review.asks.get()
    terms = ask.current_terms.pk
    condition = answer_ask(
        ask=ask, terms_id=terms, latest_number=0, answer="conditional", reason="x", condition="y",
        by=people.asked_deputy,
    ).condition  # fmt: skip
    remark = feedback.give_feedback(proposal=review, kind="question", text="?", by=people.hr_head)
    keys = {
        "p": review.pk, "ask": ask.pk, "terms": terms, "condition": condition.pk, "remark": remark.pk,
        "reply": f"reply-{remark.pk}", "criterion": review.season.rubric.criteria.first().pk,
    }  # fmt: skip
    before = Entry.objects.count()
    typed = {name.format(**keys): value.format(**keys) for name, value in typed.items()}
    signed_in(getattr(people, who)).post(address.format(**keys), typed)
    denied = Entry.objects.first()
    assert (denied.verb, denied.is_private, denied.person_name) == ("deny", True, str(getattr(people, who)))
    assert Entry.objects.count() == before + 1
    assert Endorsement.objects.count() == 1
