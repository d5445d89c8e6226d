"""Acts of finding each other and of the workspace, posted by hand; `tests/acts.py` counts what they ask."""

import pytest
from django.urls import reverse

from proposals.actions import drafting, intents, merging, offers
from proposals.models import Intent, Merger, Offer, Proposal, ProposalLink

pytestmark = pytest.mark.django_db


def led_on(client, name: str, *keys: int, **data) -> str:
    """Post a form and say where it leads."""
    answer = client.post(reverse(name, args=keys), {"once": f"{name}{len(data)}", **data})
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


@pytest.fixture
def intent(joint_draft, people, units, goal) -> Intent:
    return intents.post_intent(
        season=joint_draft.season, unit=units["HRT"], title="Hire early", idea="In March.", goals=[goal],
        by=people.hr_head,
    )  # fmt: skip


@pytest.fixture
def clients(people, signed_in):
    return {name: signed_in(getattr(people, name)) for name in ("lead_head", "partner_head", "hr_head")}


def test_an_intent_is_joined_changed_and_closed(intent, units, goal, clients):
    led_on(clients["partner_head"], "intent_join", intent.pk, unit=units["SSS"].pk, brings="Hands.")
    led_on(clients["partner_head"], "intent_talk", intent.pk, unit=units["SSS"].pk, message="Shall we?")
    words = {"title": "Hire sooner", "idea": "In May.", "goals": [goal.pk], "wanted": [units["TL"].pk]}
    led_on(clients["hr_head"], "intent_edit", intent.pk, **words)
    led_on(clients["hr_head"], "offer_end", Offer.objects.get().pk)
    led_on(clients["hr_head"], "intent_close", intent.pk, why="No time.")
    intent.refresh_from_db()
    assert (intent.title, bool(intent.closed_at)) == ("Hire sooner", True)


def test_an_intent_comes_into_a_draft(intent, joint_draft, people, units, clients):
    offers.offer_to_join_intent(intent=intent, unit=units["FIN"], brings="x", by=people.cfo)
    led_on(clients["lead_head"], "take_in", joint_draft.pk, intent.pk, reason="The same.")
    led_on(clients["hr_head"], "merger", Merger.objects.get().pk)
    assert joint_draft.sponsorships.standing().count() == 4


def test_a_merger_is_proposed_and_declined(joint_draft, people, units, clients):
    other = drafting.start_proposal(
        season=joint_draft.season, unit=units["HRT"], title="Hiring", by=people.hr_head
    )
    merging.propose_merger(kept=joint_draft, merged=other, mine=other, reason="x", by=people.hr_head)
    led_on(clients["lead_head"], "merger_end", Merger.objects.get().pk)


def test_a_relation_is_settled_by_who_can_read_both_sides(joint_draft, people, units, clients):
    season = joint_draft.season
    own = drafting.start_proposal(season=season, unit=units["TL"], title="Own", by=people.lead_head)
    other = drafting.start_proposal(season=season, unit=units["HRT"], title="Hiring", by=people.hr_head)
    seen, hidden = (
        ProposalLink.objects.create(source=draft, kind="conflicts", target=joint_draft)
        for draft in (own, other)
    )
    led_on(clients["lead_head"], "link_settle", joint_draft.pk, seen.pk)
    path = reverse("link_settle", args=[joint_draft.pk, hidden.pk])
    assert clients["lead_head"].post(path, {"once": "hidden"}).status_code == 404
    assert [bool(link.settled_on) for link in ProposalLink.objects.all()] == [True, False]


def test_a_proposal_is_joined(joint_draft, submitted, in_revision, units, clients):
    led_on(clients["hr_head"], "proposal_join", in_revision.pk, unit=units["HRT"].pk, brings="Hands.")
    led_on(clients["lead_head"], "offer_accept", in_revision.pk, Offer.objects.get().pk)
    assert in_revision.sponsorships.standing().count() == 3


def test_a_proposal_is_used_again(joint_draft, units, clients):
    led_on(clients["lead_head"], "proposal_copy", joint_draft.pk, unit=units["TL"].pk, title="Again")
    assert Proposal.objects.count() == 2
