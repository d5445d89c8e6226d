"""Intents and offers when drafts become one: what comes in, and who finds the draft that goes on."""

import pytest

from activity.refused import Refused
from proposals.actions import drafting, intents, merging, offers
from proposals.inbox import awaited
from proposals.models import Offer, Proposal
from proposals.models.content import content_of
from proposals.rules.partners import standing_offers


@pytest.fixture
def intent(joint_draft, units, people):
    found = intents.post_intent(
        season=joint_draft.season, unit=units["HRT"], title="Hire", idea="Hire early.", by=people.hr_head,
        looking_for="Schools.",
    )  # fmt: skip
    offers.offer_to_join_intent(intent=found, unit=units["BMS"], brings="A room.", by=people.principal)
    return found


def test_an_intent_comes_in_with_who_joined_it(intent, joint_draft, people):
    merger = merging.propose_to_take_in(
        kept=joint_draft, intent=intent, reason="The same.", by=people.lead_head
    )
    merging.accept_merger(merger=merger, by=people.hr_head)
    content = content_of(Proposal.objects.get(pk=joint_draft.pk))
    assert "From the intent “Hire”" in content["sections"]["summary"]
    assert "Hire early." in content["sections"]["summary"]
    assert "Schools." in content["sections"]["summary"]
    assert [s["unit"] for s in content["sponsors"]] == ["TL", "SSS", "BMS", "HRT"]
    intent.refresh_from_db()
    assert intent.why_closed == "It went into P-01."


def test_taking_in_is_refused_without_right_or_reason(intent, joint_draft, people):
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        merging.propose_to_take_in(kept=joint_draft, intent=intent, reason="X", by=people.hr_head)
    with pytest.raises(Refused, match="why they belong together"):
        merging.propose_to_take_in(kept=joint_draft, intent=intent, reason="", by=people.lead_head)


@pytest.fixture
def began(joint_draft, intent, units, people):
    """P-02 of HRT, begun from the intent with the school; Finance and Student support join later."""
    draft = drafting.start_proposal(
        season=joint_draft.season, unit=units["HRT"], title="Hiring", intent=intent, by=people.hr_head
    )
    for code, by in (("FIN", people.cfo), ("SSS", people.partner_head)):
        offers.offer_to_join_intent(intent=intent, unit=units[code], brings="Hands.", by=by)
    return draft


def merge(kept, merged, people):
    proposed = merging.propose_merger(
        kept=kept, merged=merged, mine=kept, reason="The same.", by=people.lead_head
    )
    merging.accept_merger(merger=proposed, by=people.hr_head)
    return Proposal.objects.get(pk=kept.pk)


def joining(people) -> set[tuple[str, str]]:
    """Who is awaited for an offer, and the page of it."""
    kinds = ("offer", "early")
    return {(row.person_name, row.path) for row in awaited() if row.key.partition(":")[0] in kinds}


def test_who_joined_the_intent_of_a_merged_draft_finds_the_kept_one(began, joint_draft, intent, people):
    kept = merge(joint_draft, began, people)
    assert [offer.unit.code for offer in standing_offers(kept)] == ["FIN"], "SSS sponsors it already"
    page = f"/proposals/{kept.pk}/sponsors/"
    assert joining(people) == {("Lena Lead", page), ("Dana Lead", page)}
    intent.refresh_from_db()
    assert intent.closed_at is None, "it still finds partners, for the draft that goes on"
    offer = standing_offers(kept).get()
    assert offers.accept_offer(offer=offer, proposal=kept, by=people.lead_head).unit.code == "FIN"


def test_offers_go_over_where_both_drafts_began_from_intents(began, joint_draft, intent, units, people):
    own = intents.post_intent(
        season=joint_draft.season, unit=units["TL"], title="Coach", idea="Coaches.", by=people.lead_head
    )
    Proposal.objects.filter(pk=joint_draft.pk).update(intent=own)
    joint_draft.refresh_from_db()
    offers.offer_to_join_intent(intent=own, unit=units["FIN"], brings="First.", by=people.cfo)
    offers.offer_to_join_intent(intent=intent, unit=units["OPS"], brings="O.", by=people.cabinet_member)
    offers.offer_to_join_proposal(proposal=began, unit=units["ACA"], brings="A.", by=people.answerable)
    kept = merge(joint_draft, began, people)
    waits = {offer.unit.code: offer.brings for offer in standing_offers(kept)}
    assert waits == {"FIN": "First.", "OPS": "O.", "ACA": "A."}
    assert Offer.objects.filter(ended_at__isnull=False).get().unit.code == "FIN"
    intent.refresh_from_db()
    assert intent.why_closed == "It went into P-01."
    assert {page for _, page in joining(people)} == {f"/proposals/{kept.pk}/sponsors/"}


def test_an_intent_with_another_draft_keeps_its_offers(began, joint_draft, intent, units, people):
    own = intents.post_intent(
        season=joint_draft.season, unit=units["TL"], title="Coach", idea="Coaches.", by=people.lead_head
    )
    Proposal.objects.filter(pk=joint_draft.pk).update(intent=own)
    joint_draft.refresh_from_db()
    other = drafting.start_proposal(
        season=joint_draft.season, unit=units["HRT"], title="Two", intent=intent, by=people.hr_head
    )
    offers.offer_to_join_intent(intent=intent, unit=units["ACA"], brings="A.", by=people.answerable)
    kept = merge(joint_draft, began, people)
    assert not standing_offers(kept).exists()
    assert [offer.unit.code for offer in standing_offers(other)] == ["ACA"]
    intent.refresh_from_db()
    assert intent.closed_at is None
