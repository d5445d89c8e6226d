"""A released slate, and the investment that came of it."""

import pytest

from activity import clock
from investments.actions.opening import open_investments
from investments.models import Investment
from reviews.models import Condition, Endorsement
from slates.actions import decisions, items, keys, scenario
from slates.actions.decisions import Choice
from slates.actions.release import release
from slates.models import Slate


@pytest.fixture
def answered(vetted, asked_head) -> Endorsement:
    """TRN endorses ask A-01 with a condition that was accepted."""
    endorsement = Endorsement.objects.create(
        terms=vetted.asks.get().current_terms, answer="conditional", reason="We can.",
        answered_at=clock.now(), answered_by=asked_head,
    )  # fmt: skip
    Condition.objects.create(
        endorsement=endorsement, text="From October only", accepted_at=clock.now(),
        accepted_by=vetted.contact,
    )  # fmt: skip
    return endorsement


@pytest.fixture
def released(vetted, cfo, superintendent) -> Slate:
    """P-01 in full, released; nothing opened yet."""
    slate = scenario.create_slate(season=vetted.season, name="Base", by=cfo)
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    decisions.decide(slate=slate, choices=[Choice(vetted.pk, "funded", "Strong.")], by=cfo)
    slate = keys.freeze(slate=slate, by=cfo)
    keys.approve(slate=slate, fingerprint=slate.fingerprint, by=cfo)
    slate = keys.concur(slate=slate, fingerprint=slate.fingerprint, by=superintendent)
    release(slate=slate, by=cfo)
    slate.refresh_from_db()
    return slate


@pytest.fixture
def investment(answered, released, cfo) -> Investment:
    return open_investments(slate=released, by=cfo)[0]
