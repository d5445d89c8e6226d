"""Who reads a thread, who is called to it, who hears what became of it."""

from django.urls import reverse

from proposals import rules
from proposals.actions import remarks, sponsors, submission
from proposals.actions.baton import pass_on
from proposals.inbox import awaited
from proposals.models import Comment
from tests.cast_proposals import signed_by

from .conftest import say, suggest

EVERYBODY = ("lead_head", "lead_contributor", "partner_head", "asked_head", "stranger", "cfo", "auditor")
SPONSORS = {"lead_head", "lead_contributor", "partner_head"}


def readers(people, comment) -> set[str]:
    return {
        who
        for who in EVERYBODY
        if Comment.objects.visible_to(getattr(people, who)).filter(pk=comment.pk).exists()
    }


def test_a_draft_is_talked_about_in_private(joint_draft, people):
    assert readers(people, say(joint_draft, people.lead_head)) == SPONSORS


def test_what_is_said_on_a_circulated_version_is_for_its_readers(suggested, people):
    assert readers(people, suggested) == set(EVERYBODY)


def test_what_sponsors_say_in_revision_stays_theirs(in_revision, people):
    inside, outside = say(in_revision, people.lead_head), say(in_revision, people.stranger)
    assert (inside.version, outside.version.kind) == (None, "submission")
    assert readers(people, inside) == SPONSORS
    assert readers(people, outside) == set(EVERYBODY)


def test_a_draft_s_talk_stays_private_once_it_circulates(joint_draft, people, at_stage):
    said = say(joint_draft, people.lead_head)
    submission.submit(proposal=signed_by(joint_draft, people), by=people.lead_head)
    assert readers(people, said) == SPONSORS


def test_a_withdrawn_proposal_takes_its_threads_along(suggested, people):
    pass_on(proposal=suggested.proposal, act="withdraw", by=people.lead_head, sentence="withdrew P-01")
    assert readers(people, suggested) == SPONSORS


def test_history_of_private_talk_is_private(in_revision, people, signed_in):
    say(in_revision, people.lead_head)
    say(in_revision, people.stranger)
    url = reverse("proposal", args=[in_revision.pk])
    assert signed_in(people.cfo).get(url).text.count("commented on “Strategy”") == 1
    assert signed_in(people.lead_head).get(url).text.count("commented on “Strategy”") == 2


def test_the_door(suggested, joint_draft, people, signed_in):
    secret = Comment.objects.create(
        proposal=joint_draft, section="need", text="x", written_by=people.lead_head,
        written_at=joint_draft.created_at,
    )  # fmt: skip
    for act in ("reply", "resolve", "reopen", "accept", "reject", "apply", "placed"):
        url = reverse(f"comment_{act}", args=[secret.pk])
        assert signed_in(people.asked_head).post(url, {"text": "x"}).status_code == 404


# Who may be called


def test_readers_of_a_private_thread_are_those_whose_work_it_is(joint_draft, people):
    said = say(joint_draft, people.lead_head)
    named = set(rules.readers_of(said).values_list("name", flat=True))
    expected = {p.name for p in vars(people).values() if rules.is_sponsor(p, joint_draft)}
    assert named == expected >= {"Lena Lead", "Cole Lead", "Paula Partner"}


def test_all_active_people_read_a_public_thread(suggested, people):
    people.auditor.is_active = False
    people.auditor.save()
    assert rules.readers_of(suggested).count() == len(vars(people)) - 1


# Who hears of it


def _sentences(*people):
    return [row.sentence for row in _mentions(*people)]


def _mentions(*people):
    return [row for row in awaited(people or None) if row.key.startswith("mention")]


def test_who_was_called_finds_it_at_home_until_it_is_noted(consulted, people, signed_in):
    said = say(consulted, people.asked_head, "@Hugo Resources?")
    (row,) = _mentions()
    assert row.sentence == "Arno Asked mentioned you in P-01, Strategy"
    assert row.path == f"{reverse('proposal_remarks', args=[consulted.pk])}#comment-{said.pk}"
    client = signed_in(people.hr_head)
    assert row.sentence in client.get("/").text
    client.post(reverse("remarks_noted", args=[consulted.pk]))
    assert _sentences() == []


def test_who_lost_sight_is_not_called(draft, units, people):
    invited = sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=people.lead_head)
    say(draft, people.lead_head, "@Paula Partner?")
    assert _sentences(people.partner_head) == ["Lena Lead mentioned you in P-01, Strategy"]
    sponsors.decline_invitation(sponsorship=invited, by=people.partner_head)
    assert _sentences() == _sentences(people.partner_head) == []


def test_whoever_suggested_hears_what_became_of_it(accepted, people):
    assert _sentences(people.asked_head) == ["Paula Partner accepted your wording in P-01, Strategy"]


def test_the_lead_is_awaited_for_open_suggestions_in_revision(accepted, people):
    def rows():
        return [row for row in awaited([people.lead_head]) if row.key.startswith("suggestions")]

    assert [row.sentence for row in rows()] == ["Decide on 1 suggestion for P-01 Reading coaches"]
    suggest(accepted.proposal, people.stranger, "daily")
    assert "2 suggestions" in rows()[0].sentence
    assert str(rows()[0].due_on) == "2026-02-06"
    for row in Comment.objects.waiting():
        remarks.reject_suggestion(comment=row, by=people.lead_head)
    assert rows() == []
