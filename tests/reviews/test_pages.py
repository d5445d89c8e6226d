"""Pages of asks: what each shows to whom, forms that keep what was typed; query budgets of all pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity.models import Entry
from proposals.actions.asks import edit_ask, send_ask
from reviews.actions.answers import answer_ask
from reviews.models import Endorsement

from .shown import field, more_proposals, text_of


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("asked_head", "/asks/", 8),
        ("lead_head", "/asks/", 8),
        ("cfo", "/vetting/", 8),
        ("steward", "/vetting/", 8),
        ("cfo", "/vetting/overview/", 10),
        ("steward", "/vetting/overview/?sort=-score", 10),
        ("cfo", "/vetting/{pk}/", 14),
        ("lead_head", "/proposals/{pk}/feedback/", 20),
        ("asked_head", "/asks/{ask}/", 20),
        ("asked_head", "/asks/delegations/", 20),
    ],
)
def test_queries_are_few_and_the_same(review, people, units, signed_in, who, address, most):
    client = signed_in(getattr(people, who))
    address = address.format(pk=review.pk, ask=review.asks.get().pk)
    counts = []
    for more in (0, 2):
        more_proposals(review.season, people, units, more)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most, [q["sql"] for q in queries]


def test_asks_to_us(submitted, asked_head, signed_in):
    shown = text_of(signed_in(asked_head).get("/asks/"))
    assert "1 ask waits for your unit’s answer" in shown
    assert "40 hours a year" in shown
    assert "No answer yet" in shown


def test_nothing_asked_yet(season, hr_head, signed_in):
    shown = text_of(signed_in(hr_head).get("/asks/"))
    assert "No ask waits" in shown
    assert "its ask arrives here" in shown


def answer(client, page, **typed):
    data = {"answer": "endorsed", "reason": "We can.", "condition": "", **typed}
    for name in ("terms_id", "latest_number", "once"):
        data.setdefault(name, field(page, name))
    return client.post(page.request["PATH_INFO"], data)


def test_answering_and_sending_the_form_twice(submitted, asked_head, signed_in):
    client = signed_in(asked_head)
    page = client.get(f"/asks/{submitted.asks.get().pk}/")
    for _ in range(2):
        assert answer(client, page).status_code == 302
    assert Endorsement.objects.count() == 1


def test_a_stale_form_shows_the_new_terms_and_keeps_the_words(joint_draft, asked_head, lead_head, signed_in):
    ask, client = joint_draft.asks.get(), signed_in(asked_head)
    page = client.get(f"/asks/{ask.pk}/")
    edit_ask(ask=ask, values={**ask.values(), "what": "Two later buses"}, by=lead_head)
    ask.refresh_from_db()
    send_ask(ask=ask, by=lead_head)
    refused = answer(client, page, reason="Our own careful words.")
    shown = text_of(refused)
    assert refused.status_code == 200
    assert "sent new terms while you were writing" in shown
    assert "Our own careful words." in shown
    assert "Two later buses" in shown
    assert "A later bus for two schools" in shown
    assert answer(client, refused, reason="Our own careful words.").status_code == 302
    assert Endorsement.objects.get().terms.number == 2


def test_a_refused_answer_says_what_is_missing(submitted, asked_head, signed_in):
    client = signed_in(asked_head)
    page = client.get(f"/asks/{submitted.asks.get().pk}/")
    shown = text_of(answer(client, page, answer="conditional"))
    assert "Say what must hold" in shown
    assert "We can." in shown


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
def test_a_forged_number_is_refused_in_words(submitted, asked_head, signed_in, number):
    client = signed_in(asked_head)
    page = client.get(f"/asks/{submitted.asks.get().pk}/")
    assert "compare the terms" in text_of(answer(client, page, terms_id=number))


def test_conditions_on_the_page(submitted, asked_head, lead_head, signed_in):
    ask = submitted.asks.get()
    condition = answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer="conditional", reason="x",
        condition="In May.", by=asked_head,
    ).condition  # fmt: skip
    client = signed_in(lead_head)
    assert "Can the sponsors meet this condition?" in text_of(client.get(f"/asks/{ask.pk}/"))
    refused = client.post(f"/conditions/{condition.pk}/refuse/", {"refusal-reason": ""})
    assert "Please fill this in" in text_of(refused)
    client.post(f"/conditions/{condition.pk}/refuse/", {"refusal-reason": "No bus in May."})
    assert "It counts as no endorsement" in text_of(client.get(f"/asks/{ask.pk}/"))
    client.post(f"/conditions/{condition.pk}/accept/")
    condition.refresh_from_db()
    assert condition.accepted_at is None


def test_drafts_of_others_are_not_there(joint_draft, hr_head, signed_in):
    client = signed_in(hr_head)
    ask = joint_draft.asks.get()
    pk = joint_draft.pk
    for address in (f"/asks/{ask.pk}/", f"/vetting/{pk}/", f"/proposals/{pk}/feedback/", "/asks/999/"):
        assert client.get(address).status_code == 404


def test_a_long_history_of_an_ask_is_folded(submitted, lead_head, asked_head, signed_in):
    row = submitted.asks.get()
    client, path = signed_in(asked_head), f"/asks/{row.pk}/"
    assert "Before that" not in text_of(client.get(path))
    for hours in range(50, 56):
        edit_ask(ask=row, values={"effort_hours": hours}, by=lead_head)
        seen = {"terms_id": send_ask(ask=row, by=lead_head).pk, "latest_number": 0}
        answer_ask(ask=row, answer="endorsed", reason=f"{hours}.", by=asked_head, **seen)
    shown = text_of(client.get(path))
    more = Entry.objects.about(row).count() - 4
    assert f"Before that, {more} more" in shown and "Answers to earlier terms, 5" in shown
    assert shown.index("What happened") < shown.index("Before that") < shown.index("Terms 2")
