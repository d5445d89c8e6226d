"""Mails go out once, are lost never, and wait when the server refuses."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone

from activity import clock, post
from activity.models import Mail, Notice


def write_mail(key="2026-01-05", person="7", **values) -> Mail:
    return Mail.objects.create(
        person_key=person, person_name="Arno Asked", address="arno@testville.example", kind="digest",
        key=key, subject="1 thing waits for you", text="Answer ask A-1.", written_at=clock.now(), **values,
    )  # fmt: skip


def notice(key="ask:1:7", person="7") -> Notice:
    return Notice(
        person_key=person, person_name="Arno Asked", address="arno@testville.example", key=key,
        awaited_key=key.rpartition(":")[0], sentence="Answer ask A-1.", path="/asks/1/",
        noticed_at=clock.now(),
    )  # fmt: skip


def nothing_done(mails):
    """A check that finds everything still awaited."""


@pytest.mark.django_db
class TestNotices:
    def test_the_same_notice_is_owed_once(self):
        post.owe([notice()])
        post.owe([notice(), notice("ask:2:7")])
        assert sorted(Notice.objects.values_list("key", flat=True)) == ["ask:1:7", "ask:2:7"]

    def test_a_mail_takes_free_notices_only(self):
        post.owe([notice(), notice("ask:2:7")])
        first, second = Notice.objects.order_by("pk")
        post.drop_notices([first.pk])
        mail = Mail(person_key="7", kind="digest", key="d", address="a@b.example", written_at=clock.now())
        assert post.put_in_mail(mail, [first.pk, second.pk]) == [second]
        assert not post.waiting_notices().exists()

    def test_no_free_notice_writes_no_mail(self):
        mail = Mail(person_key="7", kind="digest", key="d", address="a@b.example", written_at=clock.now())
        assert post.put_in_mail(mail, []) == []
        assert not Mail.objects.exists()


@pytest.mark.django_db
class TestSending:
    def test_a_mail_goes_out_once(self, mailoutbox):
        mail = write_mail()
        assert post.send_due(nothing_done) == 1
        assert post.send_due(nothing_done) == 0
        mail.refresh_from_db()
        assert mail.sent_at and mail.attempts == 1 and mail.leased_until is None
        assert [m.to for m in mailoutbox] == [["arno@testville.example"]]

    def test_the_message_id_stays_the_same(self):
        mail = write_mail()
        first, second = (post.message_of(mail).message()["Message-ID"] for _ in range(2))
        assert first == second == f"<mail-{mail.pk}-digest@localhost>"

    def test_what_the_check_drops_does_not_go_out(self, mailoutbox):
        write_mail()
        assert post.send_due(lambda mails: [post.drop_mail(m) for m in mails]) == 0
        assert mailoutbox == []
        assert Mail.objects.get().dropped_at

    def test_killed_between_claim_and_sent_sends_after_the_lease(self, mailoutbox):
        write_mail()
        assert len(post.claim()) == 1  # and here the worker is killed
        assert post.send_due(nothing_done) == 0
        with time_machine.travel(timezone.now() + post.LEASE + timedelta(seconds=1)):
            assert post.send_due(nothing_done) == 1
            assert post.send_due(nothing_done) == 0
        assert len(mailoutbox) == 1

    def test_a_refusing_server_is_asked_again_later_and_not_forever(self, monkeypatch):
        mail = write_mail()

        def refuse(*args, **kwargs):
            raise ConnectionRefusedError("mail server is away")

        monkeypatch.setattr(django_mail.EmailMessage, "send", refuse)
        now = timezone.now()
        for attempt in range(post.MOST_ATTEMPTS + 3):
            with time_machine.travel(now + attempt * timedelta(hours=7)):
                assert post.send_due(nothing_done) == 0
        mail.refresh_from_db()
        assert mail.attempts == post.MOST_ATTEMPTS
        assert mail.last_error == "ConnectionRefusedError: mail server is away"

    def test_the_wait_doubles(self, monkeypatch):
        mail = write_mail(attempts=2)
        monkeypatch.setattr(django_mail.EmailMessage, "send", lambda *a: 1 / 0)
        with time_machine.travel(timezone.now(), tick=False):
            post.send_due(nothing_done)
            mail.refresh_from_db()
            assert mail.leased_until == timezone.now() + 4 * post.FIRST_WAIT

    def test_one_bad_address_holds_up_nobody(self, monkeypatch, mailoutbox):
        write_mail(person="1")
        write_mail(person="2")
        send = django_mail.EmailMessage.send
        bad = f"<mail-{Mail.objects.get(person_key='1').pk}-digest@localhost>"

        def refuse_one(message, *args, **kwargs):
            if message.extra_headers["Message-ID"] == bad:
                raise ValueError("no such address")
            return send(message, *args, **kwargs)

        monkeypatch.setattr(django_mail.EmailMessage, "send", refuse_one)
        assert post.send_due(nothing_done) == 1
        assert len(mailoutbox) == 1

    @pytest.mark.parametrize("how", ["setting", "row"])
    def test_held_mail_stays(self, how, settings, mailoutbox):
        write_mail()
        if how == "setting":
            settings.MAIL_PAUSED = True
        else:
            post.pause_mail("restored copy")
        assert post.send_due(nothing_done) == 0
        settings.MAIL_PAUSED = False
        post.resume_mail()
        assert post.send_due(nothing_done) == 1
        assert len(mailoutbox) == 1

    def test_in_the_demo_mails_are_marked_and_not_sent(self, settings, mailoutbox):
        settings.DEMO = True
        write_mail()
        assert post.send_due(nothing_done) == 1
        assert mailoutbox == [] and Mail.objects.get().sent_at


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_mail_once(mailoutbox):
    for number in range(30):
        write_mail(person=str(number))
    start = threading.Barrier(3)

    def send():
        try:
            start.wait()
            post.send_due(nothing_done)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(mailoutbox) == 30
    assert len({m.extra_headers["Message-ID"] for m in mailoutbox}) == 30
    assert not Mail.objects.filter(sent_at=None).exists()


def test_a_mail_is_tried_for_about_two_days():
    waited = sum((post.wait_after(n) for n in range(1, post.MOST_ATTEMPTS)), timedelta())
    assert timedelta(hours=44) < waited < timedelta(hours=54)


@pytest.mark.django_db
def test_the_administrator_reads_which_mails_were_given_up(signed_in, people, season):
    write_mail(attempts=post.MOST_ATTEMPTS, last_error="SMTPRecipientsRefused: unknown")
    assert "arno@testville.example" in signed_in(people.administrator).get("/mails/").content.decode()
    assert "arno@testville.example" not in signed_in(people.lead_head).get("/mails/").content.decode()
