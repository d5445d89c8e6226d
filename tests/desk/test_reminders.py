"""Who is awaited is reminded on the ladder, once, and only while still awaited."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from activity import clock, post
from activity.models import Mail, Notice
from desk import letters, reminders, tasks

from .waiting import replace_inboxes

DUE = date(2026, 1, 9)


@pytest.fixture
def waiting(monkeypatch):
    return replace_inboxes(monkeypatch)


def days_before(days: int) -> date:
    return DUE - timedelta(days)


@pytest.mark.once
@pytest.mark.parametrize(
    ("days", "rung"),
    [
        (30, None), (8, None), (7, 7), (6, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 0), (-1, 0),
        (-2, -2), (-3, -2), (-60, -2),
    ],
)  # fmt: skip
def test_the_ladder(days, rung):
    assert reminders.rung_on(DUE, days_before(days)) == rung


@pytest.mark.django_db
class TestNotices:
    def test_each_rung_is_noticed_once(self, waiting, travel, asked_head):
        waiting.awaits(asked_head, "ask:1", DUE)
        noticed = {}
        for days in range(9, -5, -1):
            travel(days_before(days))
            before = Notice.objects.count()
            reminders.sweep()
            reminders.sweep()
            if Notice.objects.count() > before:
                noticed[days] = Notice.objects.latest("pk").key
        rungs = {9: "new", 7: "7", 3: "3", 1: "1", 0: "0", -2: "-2"}
        assert noticed == {days: f"ask:1:{rung}" for days, rung in rungs.items()}

    def test_what_is_new_and_on_a_rung_is_noticed_once(self, waiting, travel, asked_head):
        waiting.awaits(asked_head, "ask:1", DUE)
        travel(days_before(7))
        reminders.sweep()
        reminders.sweep()
        assert [n.key for n in Notice.objects.all()] == ["ask:1:7"]

    def test_a_date_moved_away_is_not_new_again(self, waiting, travel, asked_head):
        waiting.awaits(asked_head, "ask:1", DUE)
        travel(days_before(3))
        reminders.sweep()
        waiting.done("ask:1")
        waiting.awaits(asked_head, "ask:1", DUE + timedelta(30))
        reminders.sweep()
        assert [n.key for n in Notice.objects.all()] == ["ask:1:3"]

    def test_an_outage_is_caught_up_by_one_rung(self, waiting, travel, asked_head):
        waiting.awaits(asked_head, "ask:1", DUE)
        travel(days_before(-1))
        reminders.sweep()
        assert [n.key for n in Notice.objects.all()] == ["ask:1:0"]

    def test_without_a_date_it_is_told_once(self, waiting, travel, asked_head):
        travel(DUE)
        waiting.awaits(asked_head, "feedback:1")
        assert reminders.sweep() == 1
        travel(DUE + timedelta(9))
        assert reminders.sweep() == 0
        assert Notice.objects.get().key == "feedback:1:new"

    def test_days_are_those_of_the_district(self, waiting, asked_head):
        """At 05:00 UTC on the 3rd it is still the 2nd in Chicago: seven days before the 9th."""
        import time_machine

        waiting.awaits(asked_head, "ask:1", DUE)
        with time_machine.travel("2026-01-02T05:30:00+00:00"):
            reminders.sweep()
            assert Notice.objects.latest("pk").key == "ask:1:new"
        with time_machine.travel("2026-01-03T05:30:00+00:00"):
            reminders.sweep()
        assert Notice.objects.latest("pk").key == "ask:1:7"

    def test_two_people_awaited_for_one_thing_are_both_told(self, waiting, travel, asked_head, asked_deputy):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        waiting.awaits(asked_deputy, "ask:1", DUE)
        assert reminders.sweep() == 2

    def test_queries_do_not_grow_with_rows(self, waiting, travel, asked_head, django_assert_num_queries):
        travel(DUE)
        for number in range(20):
            waiting.awaits(asked_head, f"ask:{number}", DUE)
        reminders.sweep()
        with django_assert_num_queries(4):  # known notices, waiting notices, today's digests, season
            reminders.sweep()


@pytest.mark.django_db
class TestDigests:
    def test_one_mail_holds_all(self, waiting, travel, season, asked_head):
        travel(days_before(1))
        for number in (1, 2, 3):
            waiting.awaits(asked_head, f"ask:{number}", DUE)
        reminders.sweep()
        mail = Mail.objects.get()
        assert mail.subject == "3 things wait for you in the FY27 season"
        assert mail.address == asked_head.email and mail.key == "2026-01-08"
        assert "Due Fri 9 Jan, tomorrow\nAnswer ask:1.\nhttp://127.0.0.1:8000/asks/ask:1/" in mail.text
        assert mail.notices.count() == 3

    def test_news_stand_apart_and_are_not_counted(self, waiting, travel, season, asked_head):
        travel(days_before(1))
        waiting.awaits(asked_head, "ask:1", DUE)
        waiting.awaits(asked_head, "news:1", sentence="Lena accepted your wording.", is_news=True)
        reminders.sweep()
        mail = Mail.objects.get()
        assert mail.subject == "1 thing waits for you in the FY27 season"
        assert "\n\nNews:\n\nLena accepted your wording.\nhttp://127.0.0.1:8000/asks/news:1/\n" in mail.text

    def test_of_news_alone_nothing_is_said_to_wait(self, waiting, travel, asked_head):
        travel(DUE)
        waiting.awaits(asked_head, "news:1", sentence="Lena accepted your wording.", is_news=True)
        reminders.sweep()
        mail = Mail.objects.get()
        assert mail.subject == "News for you" and "No date" not in mail.text

    def test_at_most_one_a_day(self, waiting, travel, asked_head):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        reminders.sweep()
        waiting.awaits(asked_head, "ask:2", DUE)
        assert reminders.sweep() == 0
        assert post.waiting_notices().count() == 1
        travel(DUE + timedelta(1))
        assert reminders.sweep() == 1
        assert [m.notices.count() for m in Mail.objects.order_by("pk")] == [1, 1]

    def test_one_thing_on_two_rungs_is_said_once(self, waiting, travel, asked_head):
        travel(days_before(3))
        waiting.awaits(asked_head, "ask:1", days_before(3))
        reminders.sweep()
        waiting.awaits(asked_head, "ask:2", DUE)
        reminders.sweep()
        travel(days_before(2))
        waiting.done("ask:1")
        waiting.awaits(asked_head, "ask:3", days_before(2))
        reminders.sweep()
        latest = Mail.objects.latest("pk")
        assert latest.subject.startswith("2 things wait")
        assert latest.text.count("Answer ask:2.") == 1

    def test_what_was_answered_in_between_is_dropped(self, waiting, travel, asked_head):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        post.owe(reminders._notices(waiting.awaited(), clock.today()))
        waiting.done("ask:1")
        assert reminders.write_digests() == 0
        assert Notice.objects.get().dropped_at and not Mail.objects.exists()

    def test_the_current_address_is_used(self, waiting, travel, asked_head):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        post.owe(reminders._notices(waiting.awaited(), clock.today()))
        asked_head.email = "new@testville.example"
        waiting.rows = []
        waiting.awaits(asked_head, "ask:1", DUE)
        reminders.write_digests()
        assert Mail.objects.get().address == "new@testville.example"


@pytest.mark.django_db
class TestSending:
    def test_the_digest_goes_out_once(self, waiting, travel, asked_head, mailoutbox):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        for _ in range(3):
            tasks.sweep_reminders()
            tasks.send_mail_due()
        assert [m.subject for m in mailoutbox] == ["1 thing waits for you"]

    def test_answered_before_it_goes_out_drops_the_mail(self, waiting, travel, asked_head, mailoutbox):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        reminders.sweep()
        waiting.done("ask:1")
        assert reminders.send_due() == 0
        assert mailoutbox == [] and Mail.objects.get().dropped_at

    def test_half_answered_before_it_goes_out_is_said_anew(self, waiting, travel, asked_head, mailoutbox):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        waiting.awaits(asked_head, "ask:2", DUE)
        reminders.sweep()
        waiting.done("ask:1")
        assert reminders.send_due() == 1
        assert mailoutbox[0].subject == "1 thing waits for you"
        assert "ask:1" not in mailoutbox[0].body and "ask:2" in mailoutbox[0].body

    def test_who_left_gets_no_mail(self, waiting, travel, asked_head, mailoutbox):
        travel(DUE)
        waiting.awaits(asked_head, "ask:1", DUE)
        reminders.sweep()
        type(asked_head).objects.filter(pk=asked_head.pk).update(is_active=False)
        assert reminders.send_due() == 0 and mailoutbox == []

    def test_moving_the_demo_clock_brings_the_next_digest(self, waiting, asked_head, settings):
        settings.DEMO = True
        clock.forget()
        moment = clock.now().replace(year=2026, month=1, day=2, hour=18)
        waiting.awaits(asked_head, "ask:1", DUE)
        for days in (0, 0, 4, 4, 7):
            clock.set_to(moment + timedelta(days))
            tasks.sweep_reminders()
            tasks.send_mail_due()
        clock.forget()
        assert [m.key for m in Mail.objects.order_by("pk")] == ["2026-01-02", "2026-01-06", "2026-01-09"]
        assert not Mail.objects.filter(sent_at=None).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sweeps_and_senders_at_once_make_one_of_each(waiting, travel, people, mailoutbox):
    everybody = list(vars(people).values())
    travel(DUE)
    for person in everybody:
        waiting.awaits(person, "ask:1", DUE)
        waiting.awaits(person, "ask:2", DUE)
    start, failures = threading.Barrier(4), []

    def work():
        try:
            start.wait()
            for _ in range(3):
                reminders.sweep()
                reminders.send_due()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reminders.send_due()
    assert failures == []
    assert Notice.objects.count() == 2 * len(everybody)
    assert Mail.objects.count() == len(mailoutbox) == len(everybody)
    assert not Notice.objects.filter(mail=None).exists()


@pytest.mark.django_db
def test_a_date_of_another_year_names_it(travel):
    travel(DUE)
    assert letters.due_words(date(2026, 1, 12)) == "Due Mon 12 Jan, in 3 days"
    assert letters.due_words(date(2025, 12, 31)) == "Due Wed 31 Dec 2025, 9 days ago"
