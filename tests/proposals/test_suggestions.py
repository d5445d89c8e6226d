"""Suggested wording: accepted or not, put into the text, credited; and what each act asks of the database."""

import pytest

from activity.models import Entry
from activity.refused import Refused
from proposals.actions import drafting, remarks
from proposals.actions.baton import pass_on
from proposals.models import Comment, Outcome
from proposals.models.content import content_of

from .conftest import say, suggest
from .test_remarks import STRATEGY, newest, told


def test_accepted(suggested, lead_head):
    remarks.accept_suggestion(comment=suggested, by=lead_head, word="Right.")
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.word, outcome.decided_by) == ("accepted", "Right.", lead_head)
    assert told() == [("Arno Asked", "accepted")]
    assert Entry.objects.get(verb="accept wording").sentence == (
        "accepted the wording of Transportation on “Strategy” of P-01"
    )


def test_not_taken_over_and_thought_again(suggested, lead_head):
    remarks.reject_suggestion(comment=suggested, by=lead_head)
    assert newest(suggested) == "rejected"
    with pytest.raises(Refused, match="a moment ago: not taken over"):
        remarks.reject_suggestion(comment=suggested, by=lead_head)
    remarks.accept_suggestion(comment=suggested, by=lead_head)
    assert newest(suggested) == "accepted"


def test_who_suggested_hears_the_newest_answer_alone(suggested, asked_head, lead_head):
    remarks.accept_suggestion(comment=suggested, by=lead_head)
    remarks.reject_suggestion(comment=suggested, by=lead_head)
    assert told() == [("Arno Asked", "rejected")]
    remarks.accept_suggestion(comment=suggested, by=lead_head)
    assert told() == [("Arno Asked", "accepted")]


@pytest.mark.parametrize("verb", [remarks.accept_suggestion, remarks.reject_suggestion])
def test_only_sponsors_decide(suggested, asked_head, verb):
    with pytest.raises(Refused, match="sponsoring units can decide"):
        verb(comment=suggested, by=asked_head)


@pytest.mark.parametrize("verb", [remarks.accept_suggestion, remarks.reject_suggestion])
def test_what_cannot_be_decided(consulted, suggested, asked_head, lead_head, steward, verb):
    with pytest.raises(Refused, match="suggests no wording"):
        verb(comment=say(consulted, asked_head), by=lead_head)
    with pytest.raises(Refused, match="Shorten the word"):
        verb(comment=suggested, by=lead_head, word="x" * 4_001)
    pass_on(proposal=consulted, act="clear", by=steward, sentence="cleared P-01")
    with pytest.raises(Refused, match="is vetted"):
        verb(comment=suggested, by=lead_head)


# Putting it into the text


def test_applied_in_revision(accepted, lead_head):
    remarks.apply_suggestion(comment=accepted, by=lead_head)
    text = accepted.proposal.sections.get(kind="strategy").text
    assert text == "One coach in each school, twice a week."
    assert newest(accepted) == "applied"
    assert not Comment.objects.waiting().exists()
    with pytest.raises(Refused, match="stands in the text already"):
        remarks.apply_suggestion(comment=accepted, by=lead_head)
    with pytest.raises(Refused, match="stands in the text already"):
        remarks.reject_suggestion(comment=accepted, by=lead_head)


def test_found_again_after_other_words_changed(accepted, lead_head):
    text = f"In spring we begin. {STRATEGY} Then we see."
    drafting.edit_section(proposal=accepted.proposal, kind="strategy", text=text, by=lead_head)
    remarks.apply_suggestion(comment=accepted, by=lead_head)
    assert accepted.proposal.sections.get(kind="strategy").text == text.replace("every week", "twice a week")


def test_a_passage_that_changed_is_placed_by_hand(accepted, lead_head):
    drafting.edit_section(proposal=accepted.proposal, kind="strategy", text="A coach.", by=lead_head)
    with pytest.raises(Refused, match="place the wording by hand"):
        remarks.apply_suggestion(comment=accepted, by=lead_head)
    remarks.apply_suggestion(comment=accepted, by=lead_head, by_hand=True)
    assert newest(accepted) == "applied"
    assert accepted.proposal.sections.get(kind="strategy").text == "A coach."


def test_wording_without_a_passage_is_added(joint_draft, lead_head, partner_head):
    said = remarks.comment(
        proposal=joint_draft, section="strategy", text="", wording="Parents read along.", by=partner_head
    )
    remarks.accept_suggestion(comment=said, by=lead_head)
    remarks.apply_suggestion(comment=said, by=lead_head)
    assert joint_draft.sections.get(kind="strategy").text == f"{STRATEGY}\n\nParents read along."


def test_not_before_it_is_accepted_nor_while_the_text_is_closed(suggested, lead_head, steward, at_stage):
    with pytest.raises(Refused, match="cannot be changed"):
        remarks.apply_suggestion(comment=suggested, by=lead_head)
    at_stage("revision")
    pass_on(proposal=suggested.proposal, act="return", by=steward, sentence="returned P-01")
    with pytest.raises(Refused, match="Accept the wording first"):
        remarks.apply_suggestion(comment=suggested, by=lead_head)


def test_others_apply_nothing(accepted, asked_head):
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        remarks.apply_suggestion(comment=accepted, by=asked_head)


def test_shaped_by_is_kept_with_the_content(accepted, lead_head, partner_head):
    assert content_of(accepted.proposal)["shaped_by"] == ["Transportation"]
    own = suggest(accepted.proposal, partner_head, "One helper", "One coach")
    remarks.accept_suggestion(comment=own, by=lead_head)
    assert content_of(accepted.proposal)["shaped_by"] == ["Transportation"]
    remarks.reject_suggestion(comment=accepted, by=lead_head)
    assert content_of(accepted.proposal)["shaped_by"] == []


def test_taken_over_it_stands_in_the_text_at_once_where_its_passage_does(accepted, asked_head, lead_head):
    proposal = accepted.proposal  # in revision
    said = suggest(proposal, lead_head, "A coach", quote="One coach")
    assert remarks.take_over(comment=said, by=lead_head, word="Right.").kind == "applied"
    assert proposal.sections.get(kind="strategy").text.startswith("A coach in each school")
    kinds = list(said.outcomes.order_by("pk").values_list("kind", "word"))
    assert kinds == [("accepted", "Right."), ("applied", "")]
    late = suggest(proposal, lead_head, "on Mondays")
    drafting.edit_section(proposal=proposal, kind="strategy", text="All is new.", by=lead_head)
    assert remarks.take_over(comment=late, by=lead_head).kind == "accepted", "it waits to be placed"
    assert proposal.sections.get(kind="strategy").text == "All is new."


def test_while_others_read_it_waits_for_the_revision(consulted, lead_head, partner_head):
    said = suggest(consulted, lead_head, "twice a week")
    assert remarks.take_over(comment=said, by=partner_head).kind == "accepted"
    assert said.suggestion.wording not in consulted.sections.get(kind=said.section).text


@pytest.mark.parametrize("verb", ["comment", "reply", "resolve", "accept", "take over", "apply"])
def test_sixteen_queries(verb, accepted, suggested, lead_head, django_assert_max_num_queries):
    proposal = accepted.proposal
    said = say(proposal, lead_head)
    other = suggest(proposal, lead_head, "each week")
    act = {
        "comment": lambda: say(proposal, lead_head, "@Paula Partner?", quote="One coach", wording="A coach"),
        "reply": lambda: remarks.reply(comment=said, text="@Paula Partner?", by=lead_head),
        "resolve": lambda: remarks.resolve(comment=said, by=lead_head),
        "accept": lambda: remarks.accept_suggestion(comment=other, by=lead_head),
        "take over": lambda: remarks.take_over(comment=other, by=lead_head),
        "apply": lambda: remarks.apply_suggestion(comment=accepted, by=lead_head),
    }[verb]
    with django_assert_max_num_queries(16):
        act()
