"""Who shaped a proposal stands where it is decided."""

import pytest

from activity import clock
from proposals.models import Suggestion
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


def _worded(proposal, unit, by) -> None:
    """Wording of this unit stands in the text."""
    said = proposal.comments.create(section="need", written_at=clock.now(), written_by=by, unit=unit)
    Suggestion.objects.create(comment=said, wording="Better.")
    said.outcomes.create(kind="applied", decided_at=clock.now(), decided_by=by)


def test_on_the_list_that_everybody_reads(shaped, approved, units, cfo, stranger, signed_in):
    for code in ("HRT", "TRN", "HRT"):
        _worded(shaped, units[code], cfo)
    assert "Shaped by" not in signed_in(stranger).get("/decisions/").text
    release(slate=approved.slate, by=cfo)
    page = signed_in(stranger).get("/decisions/").text
    assert "Shaped by Human resources (wording), Transportation (wording and a condition)</p>" in page
