"""Comments and suggested wording: each verb once, and every reason that stops it."""

import pytest

from activity.append_only import AppendOnlyError
from activity.models import Entry
from activity.refused import Refused
from proposals.actions import drafting, remarks, sponsors
from proposals.actions.baton import pass_on
from proposals.models import Comment, Mention, Outcome, Suggestion
from proposals.models.content import content_of

from .conftest import say, suggest

STRATEGY = "One coach in each school, every week."


def newest(comment) -> str:
    return Comment.objects.with_outcome().select_related("newest").get(pk=comment.pk).became


def told() -> list[tuple[str, str]]:
    """Who is called to what, and has not noted it."""
    rows = Mention.objects.filter(noted_at=None).order_by("pk")
    return [(row.person.name, row.why) for row in rows.select_related("person")]


# Saying something


def test_a_comment_on_a_passage(consulted, asked_head):
    said = say(consulted, asked_head, quote="in each\nschool")
    assert (said.quote, said.before, said.after) == ("in each\nschool", "One coach ", ", every week.")
    assert said.version.kind == "submission"
    assert said.unit.code == "TRN"
    entry = Entry.objects.get(verb="comment")
    assert entry.sentence == "commented on “Strategy” of P-01"


def test_a_comment_on_a_draft_is_on_the_text_at_work(joint_draft, partner_head):
    assert say(joint_draft, partner_head).version is None
    assert Entry.objects.filter(verb="comment among sponsors").exists()


def test_an_invited_unit_comments_on_a_draft(draft, units, lead_head, partner_head):
    sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head)
    assert say(draft, partner_head).version is None


def test_a_draft_is_not_for_others(joint_draft, asked_head):
    with pytest.raises(Refused, match="Its sponsors talk about a draft"):
        say(joint_draft, asked_head)


def test_before_and_after_consultation(submitted, asked_head, at_stage):
    with pytest.raises(Refused, match="open with consultation on Mon 15 Dec"):
        say(submitted, asked_head)
    at_stage("vetting")
    with pytest.raises(Refused, match="Consultation is over"):
        say(submitted, asked_head)


def test_a_vetted_proposal_is_not_talked_about(vetted, asked_head):
    with pytest.raises(Refused, match="vetted: what was said stays"):
        say(vetted, asked_head)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"text": " "}, "Write a comment, or the wording"),
        ({"section": "cellar"}, "Choose the section"),
        ({"quote": "words that stand nowhere"}, "do not stand in “Strategy”"),
        ({"quote": "every week", "wording": "every  week"}, "Change a word"),
        ({"text": "x" * 4_001}, "Shorten the comment to 4,000"),
        ({"quote": "x" * 2_001}, "Shorten the passage"),
        ({"wording": "x" * 40_001}, "Shorten the wording"),
    ],
)
def test_what_cannot_be_said(consulted, asked_head, more, reason):
    with pytest.raises(Refused, match=reason):
        remarks.comment(
            **{"proposal": consulted, "section": "strategy", "text": "x", "by": asked_head} | more
        )


def test_a_suggestion(suggested):
    assert suggested.suggestion.wording == "twice a week"
    assert Entry.objects.get(verb="suggest").sentence == "suggested wording on “Strategy” of P-01"


def test_what_was_said_is_never_changed(suggested):
    for rows in (Comment.objects.all(), Suggestion.objects.all()):
        with pytest.raises(AppendOnlyError):
            rows.delete()


def test_who_is_named_is_called(consulted, asked_head, hr_head):
    say(consulted, asked_head, "Ask @Hugo Resources, and @lena lead.")
    assert sorted(told()) == [("Hugo Resources", "named"), ("Lena Lead", "named")]


def test_on_a_draft_only_its_sponsors_can_be_called(joint_draft, lead_head):
    say(joint_draft, lead_head, "@Paula Partner, please look.")
    assert told() == [("Paula Partner", "named")]
    with pytest.raises(Refused, match="Nobody who may read this is called “Hugo”"):
        say(joint_draft, lead_head, "@Hugo Resources, please look.")


def test_an_address_calls_nobody(consulted, asked_head):
    say(consulted, asked_head, "Write to hugo@testville.example at once @ noon.")
    assert told() == []


def test_a_reply_calls_who_spoke_before(consulted, asked_head, lead_head, hr_head):
    said = say(consulted, asked_head)
    remarks.reply(comment=said, text="Because it works.", by=lead_head)
    assert told() == [("Arno Asked", "reply")]
    remarks.reply(comment=said, text="Where?", by=asked_head)
    assert told() == [("Lena Lead", "reply")]
    assert Entry.objects.filter(verb="reply").count() == 2


def test_words_are_noted(consulted, asked_head, hr_head):
    say(consulted, asked_head, "@Hugo Resources?")
    assert remarks.note_mentions(proposal=consulted, reader=hr_head) == 1
    assert told() == []


def test_an_empty_reply_and_a_long_one(consulted, asked_head):
    said = say(consulted, asked_head)
    for text, reason in ((" ", "Write a reply"), ("x" * 4_001, "Shorten the reply")):
        with pytest.raises(Refused, match=reason):
            remarks.reply(comment=said, text=text, by=asked_head)


def test_others_do_not_reply_among_sponsors(in_revision, lead_head, asked_head):
    said = say(in_revision, lead_head)
    with pytest.raises(Refused, match="Only who may read the thread"):
        remarks.reply(comment=said, text="I heard that.", by=asked_head)


def test_no_reply_once_it_is_vetted(suggested, steward, asked_head):
    pass_on(proposal=suggested.proposal, act="clear", by=steward, sentence="cleared P-01")
    with pytest.raises(Refused, match="is vetted"):
        remarks.reply(comment=suggested, text="Still?", by=asked_head)


@pytest.mark.parametrize("who", ["asked_head", "lead_contributor"])
def test_resolved_and_reopened(consulted, asked_head, people, who):
    said, by = say(consulted, asked_head, "@Hugo Resources?"), getattr(people, who)
    remarks.resolve(comment=said, by=by)
    assert (newest(said), told()) == ("resolved", [])
    with pytest.raises(Refused, match="settled already"):
        remarks.resolve(comment=said, by=by)
    remarks.reopen(comment=said, by=by)
    assert newest(said) == "reopened"
    with pytest.raises(Refused, match="Only what was resolved"):
        remarks.reopen(comment=said, by=by)


@pytest.mark.parametrize("verb", [remarks.resolve, remarks.reopen])
def test_others_do_not_settle(consulted, asked_head, hr_head, verb):
    with pytest.raises(Refused, match="or whoever wrote it"):
        verb(comment=say(consulted, asked_head), by=hr_head)


@pytest.mark.parametrize("verb", [remarks.resolve, remarks.reopen])
def test_nothing_is_settled_once_it_is_vetted(suggested, steward, asked_head, verb):
    pass_on(proposal=suggested.proposal, act="clear", by=steward, sentence="cleared P-01")
    with pytest.raises(Refused, match="is vetted"):
        verb(comment=suggested, by=asked_head)


# Deciding on wording


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
