"""Who shaped a proposal stands where it is decided."""

import pytest

from reviews.actions.answers import accept_condition, answer_ask
from slates.actions.release import release

WORDS = "Shaped by Transportation (a condition)"


@pytest.fixture
def shaped(submitted, asked_head, partner_head):
    """Transportation endorses P-01 with a condition, to which the sponsors agree. First of all fixtures."""
    ask = submitted.asks.get()
    endorsement = answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer="conditional", reason="We can.",
        condition="Only in May.", by=asked_head,
    )  # fmt: skip
    accept_condition(condition=endorsement.condition, by=partner_head)
    return submitted


def test_on_the_sheet_of_decisions(shaped, decided, cfo, signed_in):
    base = f"/slates/{decided.slate.pk}/decisions/"
    client = signed_in(cfo)
    assert client.get(base).text.count(WORDS) == 1
    assert WORDS in client.get(f"{base}{shaped.pk}/").text


def test_on_the_list_that_everybody_reads(shaped, approved, cfo, stranger, signed_in):
    assert WORDS not in signed_in(stranger).get("/decisions/").text
    release(slate=approved.slate, by=cfo)
    assert signed_in(stranger).get("/decisions/").text.count(WORDS) == 1
