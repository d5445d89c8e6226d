"""Clearing while sponsors sign again, on PostgreSQL: whoever was first is seen, and nothing breaks."""

import threading

import pytest
from django.db import connections, transaction

from proposals.actions import asks
from proposals.models import Proposal, ProposalVersion
from reviews.actions.passing import clear
from tests.cast_proposals import signed_by

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_cleared_while_the_last_sponsor_signs(submitted, lead_contributor, people, steward):
    ask = asks.edit_ask(ask=submitted.asks.get(), values={"amount_cents": 90_000_000}, by=lead_contributor)
    asks.send_ask(ask=ask, by=lead_contributor)
    signed, cleared = threading.Event(), []

    def sign():
        try:
            with transaction.atomic():
                signed_by(submitted, people)
                signed.set()
                threading.Event().wait(1)  # until the other one waits for the lock
        finally:
            connections.close_all()

    def clears():
        try:
            assert signed.wait(10)
            cleared.append(clear(proposal=Proposal.objects.get(pk=submitted.pk), by=steward))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=act) for act in (sign, clears)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(cleared) == 1
    submitted.refresh_from_db()
    assert submitted.status == "vetted"
    numbers = list(ProposalVersion.objects.filter(proposal=submitted).values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)
    assert submitted.versions.order_by("-number").first().kind == "decision"
