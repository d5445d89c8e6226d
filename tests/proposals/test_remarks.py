"""Comments and suggested wording: each verb once, and every reason that stops it."""

import pytest

from activity.append_only import AppendOnlyError
from activity.models import Entry
from activity.refused import Refused
from proposals.actions import remarks, sponsors
from proposals.actions.baton import pass_on
from proposals.models import Comment, Mention, Suggestion

from .conftest import say

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
