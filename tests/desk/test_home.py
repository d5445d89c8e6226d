"""Home says what waits for me, how my proposals stand, where the season is, what changed."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from activity import clock
from activity.actions import record
from desk.home import what_changed, where_we_stand
from proposals.actions import submission
from proposals.models import Proposal, Sponsorship
from reviews.actions.answers import answer_ask
from tests.cast_proposals import signed_by

from .waiting import replace_inboxes

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(signed_in):
    def page_of(person) -> str:
        response = signed_in(person).get(reverse("home"))
        assert response.status_code == 200
        return response.content.decode()

    return page_of


class TestWhatWaits:
    def test_the_most_urgent_first_with_its_date(self, monkeypatch, season, travel, home, asked_head):
        waiting = replace_inboxes(monkeypatch)
        travel(date(2026, 1, 6))
        waiting.awaits(asked_head, "late", date(2026, 1, 5), "Answer ask A-2.")
        waiting.awaits(asked_head, "later", date(2026, 1, 9), "Answer ask A-1.")
        page = home(asked_head)
        assert "2 things wait for you" in page
        assert page.index("Answer ask A-2.") < page.index("Answer ask A-1.")
        assert "yesterday, " in page and "in 3 days, " in page and 'href="/asks/late/"' in page

    def test_nothing_waits(self, monkeypatch, season, home, stranger):
        replace_inboxes(monkeypatch)
        assert "Nothing waits for you" in home(stranger)

    def test_one_waits(self, monkeypatch, season, home, asked_head):
        replace_inboxes(monkeypatch).awaits(asked_head, "ask:1")
        assert "1 thing waits for you" in home(asked_head)

    def test_the_most_urgent_of_many_and_a_way_to_all(self, monkeypatch, season, home, signed_in, asked_head):
        waiting = replace_inboxes(monkeypatch)
        for number in range(40):
            waiting.awaits(asked_head, f"ask:{number}", date(2026, 1, 1) + timedelta(number))
        page = home(asked_head)
        assert "40 things wait for you" in page
        assert "Answer ask:29." in page
        assert "Answer ask:30." not in page
        assert "Answer ask:39." in signed_in(asked_head).get("/?all=1").content.decode()

    def test_others_do_not_see_mine(self, monkeypatch, season, home, asked_head, stranger):
        replace_inboxes(monkeypatch).awaits(asked_head, "ask:1", sentence="Answer ask A-1.")
        assert "Answer ask A-1." not in home(stranger)


class TestMyProposals:
    def test_a_draft_says_the_next_step_and_its_date(self, joint_draft, home, lead_head):
        page = home(lead_head)
        assert "Reading coaches" in page and "Collect every sign-on, then submit" in page

    @pytest.mark.parametrize(("day", "late"), [(0, False), (-1, True)])
    def test_after_drafting_has_closed_no_act_is_offered_that_would_be_refused(
        self, joint_draft, at_stage, home, lead_head, day, late
    ):
        at_stage("drafting", day)
        page = home(lead_head)
        too_late = "Too late for this season. Drafting closed on Fri 12 Dec. Ask the process steward"
        assert (too_late in page) is late
        assert ("Collect every sign-on, then submit" in page) is not late

    def test_what_the_steward_opened_late_has_its_step_and_its_day(
        self, joint_draft, at_stage, home, lead_head
    ):
        at_stage("consultation")
        Proposal.objects.update(late_until=date(2025, 12, 20))
        page = home(lead_head)
        assert "Collect every sign-on, then submit" in page and "Sat 20 Dec" in page

    def test_the_same_in_revision(self, in_revision, at_stage, home, lead_head):
        assert "Answer the feedback, then resubmit" in home(lead_head)
        at_stage("scoring")
        assert "Too late for this season. Revision closed on Fri 6 Feb" in home(lead_head)

    def test_drafts_of_others_are_not_told(self, joint_draft, home, stranger):
        page = home(stranger)
        assert "Reading coaches" not in page and "sponsor no proposal" in page


class TestTheSeason:
    def test_each_role_has_its_next_moment(self, at_stage, people):
        season = at_stage("consultation")
        moments = {
            who: where_we_stand(getattr(people, who), season)["moment"]
            for who in ("asked_head", "cfo", "steward", "research")
        }
        assert moments["asked_head"]["what"] == "Answer the asks to your unit"
        assert moments["asked_head"]["is_open"]
        assert moments["cfo"]["what"] == "Answer the asks to your unit"
        assert moments["steward"] is None and moments["research"] is None

    def test_stages_around_today(self, at_stage, stranger):
        standing = where_we_stand(stranger, at_stage("vetting"))
        assert [(row["stage"].kind, row["when"]) for row in standing["around"]] == [
            ("consultation", "past"), ("vetting", "now"), ("revision", ""), ("scoring", ""), ("slate", ""),
        ]  # fmt: skip

    def test_after_the_last_stage(self, season, travel, home, stranger):
        travel(date(2026, 7, 1))
        assert "All stages are over." in home(stranger)

    def test_without_a_season_it_says_what_to_do(self, people, home):
        assert "Set up by hand" in home(people.steward)
        assert "The process steward" in home(people.stranger)


class TestWhatChanged:
    def told(self, person) -> list[str]:
        return [line.sentence for line in what_changed(person)]

    def test_acts_on_circulated_proposals_are_told(self, submitted, stranger):
        assert "submitted P-01" in self.told(stranger)

    def test_acts_on_drafts_are_told_to_sponsors_only(self, joint_draft, lead_head, stranger):
        record("sign on", joint_draft, "signed on to P-01", by=lead_head)
        assert "signed on to P-01" in self.told(lead_head)
        assert "signed on to P-01" not in self.told(stranger)

    def test_private_acts_are_told_to_deciders_only(self, submitted, cfo, lead_head):
        record("hold", submitted, "holds P-01 for decision", by=cfo, private=True)
        assert "holds P-01 for decision" in self.told(cfo)
        assert "holds P-01 for decision" not in self.told(lead_head)

    def test_single_strokes_are_not_told(self, submitted, cfo):
        record("rate", submitted, "rated P-01", by=cfo)
        assert "rated P-01" not in self.told(cfo)

    def test_late_acts_are_told_to_everybody_once_they_may_read_the_proposal(
        self, joint_draft, people, stranger, steward
    ):
        late = "opened P-01 for a late edit"
        record("open late", joint_draft, late, by=steward, integrity=True)
        assert late in self.told(people.lead_head) and late in self.told(steward)
        assert late not in self.told(stranger)
        submission.submit(proposal=signed_by(joint_draft, people), by=people.lead_head)
        assert late in self.told(stranger)

    def test_what_happened_to_the_draft_stays_with_its_sponsors(self, joint_draft, people, units, stranger):
        answer = asked_and_answered(joint_draft, people)
        submission.submit(proposal=signed_by(joint_draft, people), by=people.lead_head)
        assert answer in self.told(people.lead_head)
        assert answer not in self.told(stranger)
        assert not [told for told in self.told(stranger) if told.startswith("sent A-01")]

    def test_like_acts_are_one_line_with_a_count(self, submitted, cfo, steward, home):
        for who in (cfo, steward, cfo):
            record("praise", submitted, f"praised P-01 as {who.pk}", by=who)
        record("warn", submitted, "warned of P-01", by=cfo, integrity=True)
        record("warn", submitted, "warned again of P-01", by=cfo, integrity=True)
        lines = [(line.sentence, line.more) for line in what_changed(cfo)]
        assert lines[:3] == [
            ("warned again of P-01", 0),
            ("warned of P-01", 0),
            (f"praised P-01 as {cfo.pk}", 2),
        ]
        assert "and 2 more acts of this kind" in home(steward)

    def test_what_is_new_is_not_counted_with_what_is_not(self, submitted, cfo):
        hour, now = timedelta(hours=1), clock.now()
        first = record("praise", submitted, "praised P-01", by=cfo, at=now - 2 * hour)
        second = record("praise", submitted, "praised P-01 again", by=cfo, at=now)
        assert (second, False, 1) in what_changed(cfo)
        lines = [line for line in what_changed(cfo, since=now - hour) if line.entry.verb == "praise"]
        assert lines == [(second, True, 0), (first, False, 0)]

    @pytest.mark.parametrize("address", ["home", "season"])
    def test_a_late_answer_on_a_draft_is_no_news_for_strangers(
        self, joint_draft, people, signed_in, travel, address
    ):
        travel(date(2026, 1, 12))
        late = f"{asked_and_answered(joint_draft, people)}, after the due date"
        url = reverse(address)
        assert late not in signed_in(people.hr_head).get(url).text
        for who in (people.lead_head, people.asked_head):
            assert late in signed_in(who).get(url).text


def asked_and_answered(proposal: Proposal, people) -> str:
    """The first ask is declined; returns what is told of it."""
    ask = proposal.asks.get()
    answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer="declined", reason="r",
        by=people.asked_head,
    )  # fmt: skip
    return "answered ask A-01 of P-01 for Transportation: declined"


def test_who_is_not_signed_in_is_led_to_the_door(db, settings):
    assert Client().get("/").url == reverse("account_login")
    settings.DEMO = True
    assert Client().get("/").url == reverse("demo_people")


def test_queries_stay_within_the_budget_and_do_not_grow(
    submitted, at_stage, signed_in, lead_head, django_assert_max_num_queries
):
    at_stage("consultation")
    client = signed_in(lead_head)
    counts = []
    for number in (2, 3):
        with django_assert_max_num_queries(20) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
        _twin_of(submitted, f"P-{number:02d}")
    assert counts[0] == counts[1]


def test_a_lead_head_with_an_open_draft_keeps_the_budget(
    joint_draft, at_stage, signed_in, lead_head, django_assert_max_num_queries
):
    at_stage("drafting")
    client = signed_in(lead_head)
    assert client.get("/").status_code == 200
    counts = []
    for number in (2, 3):
        with django_assert_max_num_queries(20) as queries:
            assert f"to {joint_draft.code} Reading coaches</a>" in client.get("/").content.decode()
        counts.append(len(queries))
        _twin_of(joint_draft, f"P-{number:02d}")
    assert counts[0] == counts[1]


def _twin_of(proposal: Proposal, code: str) -> None:
    """One more proposal of the same sponsors."""
    twin = Proposal.objects.get(pk=proposal.pk)
    sponsors = list(twin.sponsorships.all())
    twin.pk, twin.code = None, code
    Proposal.objects.bulk_create([twin])
    for sponsor in sponsors:
        sponsor.pk, sponsor.proposal = None, Proposal.objects.get(code=code)
    Sponsorship.objects.bulk_create(sponsors)
