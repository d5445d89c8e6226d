"""Who reads a thread, who is called to it, who hears what became of it."""

from django.urls import reverse

from desk.inbox import count_for
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


def _news(person):
    return [row for row in awaited([person]) if row.is_news]


def test_whoever_suggested_hears_what_became_of_it(accepted, people):
    (row,) = _news(people.asked_head)
    assert row.sentence == "Paula Partner accepted your wording in P-01, Strategy"
    assert row.path.endswith(f"/?all=1#comment-{accepted.pk}")


def test_what_became_of_much_wording_is_one_line_for_each_proposal(consulted, people, signed_in):
    asked, by = people.asked_head, people.partner_head
    said = [suggest(consulted, asked, wording) for wording in ("daily", "monthly", "never")]
    for comment in said[:2]:
        remarks.accept_suggestion(comment=comment, by=by)
    before = _news(asked)[0].key
    remarks.reject_suggestion(comment=said[2], by=people.lead_head)
    (row,) = _news(asked)
    assert row.sentence == (
        "Paula Partner and Lena Lead accepted 2 of your wordings and did not take over 1 in P-01, Strategy"
    )
    assert row.key != before  # so that the mail of the day tells it
    page = signed_in(asked).get("/")
    assert row not in page.context["waiting"] and page.context["news"] == [row]
    assert page.text.index('id="news">News</h2>') < page.text.index(row.sentence)
    assert count_for(asked) == len(page.context["waiting"])


def test_every_sponsor_is_awaited_for_suggestions_in_revision(accepted, people):
    def rows(*who):
        return [row for row in awaited(who or None) if row.key.startswith("suggestions")]

    assert sorted(row.person_name for row in rows()) == ["Dana Lead", "Lena Lead", "Paula Partner"]
    (row,) = rows(people.partner_head)
    assert row.sentence == "Place 1 accepted wording in P-01 Reading coaches"
    suggest(accepted.proposal, people.stranger, "daily")
    suggest(accepted.proposal, people.stranger, "monthly")
    (row,) = rows(people.lead_head)
    assert row.sentence == ("Decide on 2 suggestions and place 1 accepted wording in P-01 Reading coaches")
    assert str(row.due_on) == "2026-02-06"
    for waits in Comment.objects.waiting():
        remarks.reject_suggestion(comment=waits, by=people.lead_head)
    assert rows() == []
