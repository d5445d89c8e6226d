"""What everybody reads of decisions: the money of what is visible, and who declined what is funded."""

import pytest

from reviews.actions.answers import answer_ask
from slates.published import published_page
from slates.sheet import Sheet

pytestmark = pytest.mark.django_db


def test_the_total_is_the_sum_of_the_rows_that_one_sees(frozen, cfo, lead_head):
    shown = {who: published_page(who, frozen.slate.season, 1) for who in (cfo, lead_head)}
    assert shown[cfo]["total"] == sum(row[0].cents or 0 for row in shown[cfo]["rows"]) == 21_290_800
    assert (shown[lead_head]["total"], shown[lead_head]["rows"]) == (0, [])


def test_funded_over_a_decline_names_the_unit(frozen, asked_head, cfo, signed_in):
    ask = frozen.funded.asks.get()
    said = {"answer": "declined", "reason": "No.", "by": asked_head}
    answer_ask(ask=ask, terms_id=ask.current_terms.pk, latest_number=0, **said)
    why = {"overrides_decline": True, "override_reason": "Buses come in January."}
    frozen.slate.decisions.filter(outcome="funded").update(**why)
    page = signed_in(cfo).get("/decisions/").content.decode()
    assert "Funded over the decline of Transportation:" in page and "$212,908" in page


def test_an_ask_that_was_never_sent_is_in_no_finding(decided, units):
    begun = decided.slate.created_at
    decided.funded.asks.create(code="A-09", asked_unit=units["HRT"], what="Draft", created_at=begun)
    assert [ask.code for ask in Sheet(decided.slate).asks[decided.funded.pk]] == ["A-01"]
