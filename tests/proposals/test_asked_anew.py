"""Asks that are sent again, or withdrawn, while others read the proposal: its sponsors sign on to that."""

import pytest
from django.urls import reverse

from activity.refused import Refused
from proposals.actions import asks, submission
from proposals.inbox import awaited
from proposals.models import Proposal
from proposals.rules import blockers_by_sign_on, newest_circulated, signed_units, with_signatures
from tests.cast_proposals import signed_by


@pytest.fixture
def asked_anew(submitted, lead_contributor):
    """A contributor asks for $900,000 more, and sends it."""
    ask = submitted.asks.get()
    ask = asks.edit_ask(ask=ask, values={"amount_cents": 90_000_000}, by=lead_contributor)
    asks.send_ask(ask=ask, by=lead_contributor)
    return submitted


def waits(people=None) -> list[tuple[str, str]]:
    rows = awaited(people)
    return sorted((row.person_name, row.sentence) for row in rows if row.key.startswith("sign_on:"))


def by_sign_on(proposal) -> list[str]:
    return blockers_by_sign_on(with_signatures(Proposal.objects.filter(pk=proposal.pk)))


def test_sponsors_are_awaited_until_each_has_signed_again(asked_anew, people):
    again = "to P-01 Reading coaches again: its asks changed"
    assert waits() == [
        ("Dana Lead", f"Sign on for Teaching and learning {again}"),
        ("Lena Lead", f"Sign on for Teaching and learning {again}"),
        ("Paula Partner", f"Sign on for Student support {again}"),
    ]
    assert waits([people.partner_head]) == waits()[2:]
    assert by_sign_on(asked_anew) == [
        "P-01 waits for Teaching and learning and Student support: sign on to it as it stands, since it "
        "changed after it was signed. Return it for revision if they will not."
    ]
    read = newest_circulated(asked_anew)
    signed_by(asked_anew, people)
    assert signed_units(asked_anew) == {"TL", "SSS"}
    assert (waits(), by_sign_on(asked_anew)) == ([], [])
    assert newest_circulated(asked_anew) == read, "reviewers go on reading what was submitted"
    newest = asked_anew.versions.order_by("-number").first()
    assert (newest.kind, newest.content["asks"][0]["amount_cents"]) == ("sign_on", 90_000_000)


def test_a_withdrawn_ask_asks_them_too(submitted, people, lead_head):
    assert waits() == []
    asks.withdraw_ask(ask=submitted.asks.get(), by=lead_head)
    assert len(waits()) == 3
    assert by_sign_on(signed_by(submitted, people)) == []


def test_a_draft_of_an_ask_is_sent_or_put_back_first(asked_anew, lead_head):
    asks.edit_ask(ask=asked_anew.asks.get(), values={"effort_hours": 99}, by=lead_head)
    row = asked_anew.sponsorships.get(unit__code="TL")
    with pytest.raises(Refused, match="A-01 was not sent yet"):
        submission.sign_on(sponsorship=row, contribution=row.contribution, by=lead_head)
    unsent = [row.sentence for row in awaited([lead_head]) if row.key.startswith("unsent:")]
    assert unsent == ["Send A-01 to Transportation, an ask of P-01 Reading coaches"]


def test_nothing_new_is_not_signed_while_it_is_read(submitted, lead_head):
    row = submitted.sponsorships.get(unit__code="TL")
    with pytest.raises(Refused, match="has signed on to this already"):
        submission.sign_on(sponsorship=row, contribution=row.contribution, by=lead_head)


def test_what_a_unit_brings_stays_as_it_was_submitted(asked_anew, lead_head):
    row = asked_anew.sponsorships.get(unit__code="TL")
    with pytest.raises(Refused, match=r"stays as it was submitted.*“Two coaches.”"):
        submission.sign_on(sponsorship=row, contribution="Nothing.", by=lead_head)
    row.refresh_from_db()
    assert row.contribution == "Two coaches."


def test_once_vetted_nothing_is_signed(asked_anew, people):
    Proposal.objects.filter(pk=asked_anew.pk).update(status="vetted")
    with pytest.raises(Refused, match="P-01 is vetted"):
        signed_by(asked_anew, people)


def test_the_page_shows_exactly_what_differs(asked_anew, lead_head, signed_in):
    client, path = signed_in(lead_head), reverse("proposal_sign", args=[asked_anew.pk])
    page = client.get(path).text
    differs = page.split("What the sponsors agree to")[0]
    assert "share of the money" in differs
    assert "$900,000" in differs
    assert "readonly" in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    row = asked_anew.sponsorships.get(unit__code="TL")
    data = {"contribution": row.contribution, "sponsorship": row.pk, "seen": seen, "once": "s"}
    assert "has signed on" in client.post(path, data, follow=True).text
    assert signed_units(asked_anew) == {"TL"}
