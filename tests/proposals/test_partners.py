"""Intents, offers to join and first words: each verb, and what each refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from activity.refused import Refused
from people.models import Post
from proposals.actions import drafting, intents, offers
from proposals.models import Intent, Offer, Proposal, Talk


@pytest.fixture
def intent(at_stage, goal, units, lead_head):
    season = at_stage("intents")
    return intents.post_intent(
        season=season, unit=units["TL"], title="Later buses", idea="A later bus for two schools.",
        by=lead_head, problem=goal.problem, goals=[goal], wanted=[units["TRN"]], looking_for="Drivers.",
    )  # fmt: skip


def join(intent, units, by, code="SSS"):
    return offers.offer_to_join_intent(intent=intent, unit=units[code], brings="A counselor.", by=by)


def test_an_intent_names_its_aims(intent, goal, units):
    assert [g.code for g in intent.goals.all()] == ["G1"]
    assert [u.code for u in intent.wanted.all()] == ["TRN"]


def test_it_is_posted_for_the_own_units_only(season, units, stranger):
    with pytest.raises(Refused, match="for your own units only"):
        intents.post_intent(season=season, unit=units["TL"], title="X", idea="Y", by=stranger)


@pytest.mark.parametrize(
    ("stage", "title", "idea", "reason"),
    [
        ("intents", " ", "Y", "An intent needs a title"),
        ("intents", "X", " ", "Say in a few sentences"),
        ("goals", "X", "Y", "Intents open on Mon 27 Oct"),
        ("consultation", "X", "Y", "Drafting closed on Fri 12 Dec.*the next season"),
        ("closed", "X", "Y", "Drafting closed on"),
    ],
)
def test_what_an_intent_needs(at_stage, units, lead_head, stage, title, idea, reason):
    season = at_stage(stage)
    with pytest.raises(Refused, match=reason):
        intents.post_intent(season=season, unit=units["TL"], title=title, idea=idea, by=lead_head)
    assert not Intent.objects.exists()


def test_the_page_says_first_that_it_is_too_late(at_stage, lead_head, signed_in):
    client = signed_in(lead_head)
    at_stage("consultation")
    assert "Drafting closed on Fri 12 Dec" in client.get("/proposals/intents/new/").text
    at_stage("intents")
    assert "A few sentences are enough" in client.get("/proposals/intents/new/").text


def test_while_drafts_are_written_partners_are_still_looked_for(at_stage, units, lead_head):
    season = at_stage("drafting")
    assert intents.post_intent(season=season, unit=units["TL"], title="X", idea="Y", by=lead_head).pk


def test_its_unit_changes_it(intent, lead_contributor, units):
    values = {"title": "Later buses for all", "wanted": [units["SSS"]]}
    intents.edit_intent(intent=intent, values=values, by=lead_contributor)
    intent.refresh_from_db()
    assert (intent.title, intent.revision) == ("Later buses for all", 2)
    assert [u.code for u in intent.wanted.all()] == ["SSS"]
    assert [g.code for g in intent.goals.all()] == ["G1"]


def test_two_who_change_the_same_field_see_both(intent, lead_head, lead_deputy):
    intents.edit_intent(intent=intent, values={"title": "His"}, by=lead_head)
    with pytest.raises(Refused, match="title") as refused:
        intents.edit_intent(
            intent=intent, values={"title": "Hers"}, began={"title": "Later buses"}, by=lead_deputy
        )
    assert refused.value.theirs == {"title": "His"}


@pytest.mark.parametrize("verb", ["edit", "close"])
def test_others_neither_change_nor_close_it(intent, partner_head, verb):
    with pytest.raises(Refused, match="Only people of Teaching and learning"):
        if verb == "edit":
            intents.edit_intent(intent=intent, values={"title": "X"}, by=partner_head)
        else:
            intents.close_intent(intent=intent, why="No.", by=partner_head)


def test_a_title_stays(intent, lead_head):
    with pytest.raises(Refused, match="needs a title"):
        intents.edit_intent(intent=intent, values={"title": " "}, by=lead_head)


def test_a_closed_intent_takes_nobody(intent, units, lead_head, partner_head):
    with pytest.raises(Refused, match="Say in a few words why"):
        intents.close_intent(intent=intent, why=" ", by=lead_head)
    intents.close_intent(intent=intent, why="No drivers.", by=lead_head)
    for act in (
        lambda: intents.close_intent(intent=intent, why="Again.", by=lead_head),
        lambda: intents.edit_intent(intent=intent, values={"title": "X"}, by=lead_head),
        lambda: join(intent, units, partner_head),
        lambda: intents.talk_about_intent(intent=intent, unit=units["SSS"], message="Hi", by=partner_head),
        lambda: drafting.start_proposal(
            season=intent.season, unit=units["TL"], title="X", intent=intent, by=lead_head
        ),
    ):
        with pytest.raises(Refused, match="is closed: No drivers"):
            act()


def test_a_word_waits_until_they_talked(intent, units, partner_head, lead_deputy, stranger):
    talk = intents.talk_about_intent(
        intent=intent, unit=units["SSS"], message="We run late buses too.", by=partner_head
    )
    assert (talk.from_unit.code, talk.to_unit.code) == ("SSS", "TL")
    with pytest.raises(Refused, match="Only people of Teaching and learning"):
        intents.note_talked(talk=talk, by=stranger)
    intents.note_talked(talk=talk, by=lead_deputy)
    with pytest.raises(Refused, match="noted already"):
        intents.note_talked(talk=talk, by=lead_deputy)


@pytest.mark.parametrize(
    ("code", "message", "sentence"),
    [
        ("TRN", "Hello", "for a unit where you are head"),
        ("SSS", "  ", "Write a sentence"),
        ("TL", "Hello", "for a unit where you are head"),
    ],
)
def test_words_that_are_refused(intent, units, partner_head, code, message, sentence):
    with pytest.raises(Refused, match=sentence):
        intents.talk_about_intent(intent=intent, unit=units[code], message=message, by=partner_head)
    assert not Talk.objects.exists()


def test_nobody_writes_to_the_own_unit(intent, units, lead_head):
    with pytest.raises(Refused, match="own desk"):
        intents.talk_about_intent(intent=intent, unit=units["TL"], message="Hi", by=lead_head)


def test_the_lead_writes_to_a_unit_whose_draft_overlaps(draft, units, lead_head, lead_contributor):
    def write(by, code="SSS"):
        return intents.talk_about_overlap(proposal=draft, to_unit=units[code], message="Hello", by=by)

    assert write(lead_head).from_unit.code == "TL"
    with pytest.raises(Refused, match="Only the head or the deputy of the lead"):
        write(lead_contributor)
    with pytest.raises(Refused, match="sponsors this proposal"):
        write(lead_head, "TL")


def test_offers_become_sponsors_when_a_proposal_starts(intent, units, people):
    join(intent, units, people.partner_head)
    join(intent, units, people.stranger, "HRT")
    proposal = drafting.start_proposal(
        season=intent.season, unit=units["TL"], title="Buses", intent=intent, by=people.lead_head
    )
    rows = {s.unit.code: s for s in proposal.sponsorships.select_related("unit")}
    assert rows["SSS"].accepted_by == people.partner_head
    assert rows["SSS"].contribution == "A counselor."
    assert rows["HRT"].accepted_at is None  # a contributor offered: the head still answers
    assert [g.code for g in proposal.goals.all()] == ["G1"]
    assert not Offer.objects.standing().exists()


def test_nobody_else_starts_from_an_intent(intent, units, people):
    """Whoever joined has joined the unit that posted it, and nobody's own draft."""
    join(intent, units, people.partner_head)
    for unit, by in (("HRT", people.stranger), ("SSS", people.partner_head)):
        with pytest.raises(Refused, match="Only people of Teaching and learning can start a proposal from"):
            drafting.start_proposal(
                season=intent.season, unit=units[unit], title="Mine", intent=intent, by=by
            )
    assert intent.offers.standing().count() == 1 and not Proposal.objects.exists()


def test_a_start_that_is_refused_keeps_what_was_typed(intent, units, signed_in, stranger):
    path = f"{reverse('proposal_new')}?intent={intent.pk}"
    page = signed_in(stranger).post(path, {"unit": units["HRT"].pk, "title": "Mine, typed", "once": "a"})
    assert "Join it, or start afresh." in page.text and "Mine, typed" in page.text


def test_the_intents_own_unit_is_invited_where_another_one_leads(intent, units, partner_head):
    Post.objects.create(person=partner_head, unit=units["TL"], role=Post.Role.CONTRIBUTOR)
    partner_head.forget_posts()
    proposal = drafting.start_proposal(
        season=intent.season, unit=units["SSS"], title="Buses", intent=intent, by=partner_head
    )
    row = proposal.sponsorships.get(unit=units["TL"])
    assert (row.is_lead, row.accepted_at) == (False, None)


@pytest.mark.parametrize(
    ("who", "code", "brings", "sentence"),
    [
        ("partner_head", "TRN", "A bus.", "for a unit where you are head"),
        ("partner_head", "SSS", " ", "what your unit brings"),
        ("lead_head", "TL", "Us.", "It is a sponsor anyway"),
    ],
)
def test_offers_that_are_refused(intent, units, people, who, code, brings, sentence):
    with pytest.raises(Refused, match=sentence):
        offers.offer_to_join_intent(intent=intent, unit=units[code], brings=brings, by=getattr(people, who))


def test_an_offer_stands_once(intent, units, partner_head):
    offer = join(intent, units, partner_head)
    with pytest.raises(Refused, match="has offered to join already"):
        join(intent, units, partner_head)
    with pytest.raises(IntegrityError), transaction.atomic():
        offer.pk = None
        offer._state.adding = True
        Offer.objects.bulk_create([offer])


def test_an_offer_is_taken_back_or_declined(intent, units, partner_head, lead_head, stranger):
    offer = join(intent, units, partner_head)
    with pytest.raises(Refused, match="can end this offer"):
        offers.end_offer(offer=offer, by=stranger)
    offers.end_offer(offer=offer, by=partner_head)
    with pytest.raises(Refused, match="answered or taken back"):
        offers.end_offer(offer=offer, by=lead_head)
    offers.end_offer(offer=join(intent, units, partner_head), by=lead_head)


def test_sponsors_take_in_who_offers_once_a_draft_stands(intent, units, people):
    proposal = drafting.start_proposal(
        season=intent.season, unit=units["TL"], title="Buses", intent=intent, by=people.lead_head
    )
    offer = join(intent, units, people.partner_head)
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        offers.accept_offer(offer=offer, proposal=proposal, by=people.partner_head)
    taken = offers.accept_offer(offer=offer, proposal=proposal, by=people.lead_contributor)
    assert taken.accepted_by == people.partner_head
    with pytest.raises(Refused, match="answered or taken back"):
        offers.accept_offer(offer=offer, proposal=proposal, by=people.lead_head)


def test_who_is_asked_for_support_is_not_taken_in(joint_draft, in_revision_offer, units, people):
    with pytest.raises(Refused, match="is asked for support in A-01"):
        offers.accept_offer(offer=in_revision_offer, proposal=joint_draft, by=people.lead_head)


@pytest.fixture
def in_revision_offer(joint_draft, units, people):
    return offers.offer_to_join_proposal(
        proposal=joint_draft, unit=units["TRN"], brings="Buses.", by=people.asked_head
    )


def test_taking_in_asks_anew(joint_draft, units, people):
    offer = offers.offer_to_join_proposal(
        proposal=joint_draft, unit=units["HRT"], brings="Hiring.", by=people.hr_head
    )
    with pytest.raises(Refused, match="has asked to join already"):
        offers.offer_to_join_proposal(
            proposal=joint_draft, unit=units["HRT"], brings="Hiring.", by=people.hr_head
        )
    offers.accept_offer(offer=offer, proposal=joint_draft, by=people.partner_head)
    ask = joint_draft.asks.get()
    assert [t.sponsors for t in ask.terms.order_by("number")] == ["TL; SSS", "TL; SSS; HRT"]
    with pytest.raises(Refused, match="sponsors this proposal already"):
        offers.offer_to_join_proposal(
            proposal=joint_draft, unit=units["HRT"], brings="Hiring.", by=people.hr_head
        )


def test_nobody_joins_what_is_submitted(submitted, units, people):
    with pytest.raises(Refused, match="cannot be changed"):
        offers.offer_to_join_proposal(
            proposal=submitted, unit=units["HRT"], brings="Hiring.", by=people.hr_head
        )


def test_an_offer_for_another_proposal_is_refused(intent, draft, units, people):
    offer = join(intent, units, people.partner_head)
    with pytest.raises(Refused, match="about another proposal"):
        offers.accept_offer(offer=offer, proposal=Proposal.objects.get(pk=draft.pk), by=people.lead_head)
