"""The demo bar: act as anybody, at any time; outside of the demo its addresses do not exist."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from activity import clock
from activity.models import Mail
from desk import demo, demo_people
from people.models import Post

from .waiting import replace_inboxes

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True
    clock.forget()
    yield settings
    clock.forget()


ADDRESSES = [
    reverse("demo_people"),
    reverse("demo_when"),
    reverse("demo_jump", args=[5]),
    reverse("demo_move", args=[5]),
]


class TestOutsideOfTheDemo:
    @pytest.mark.parametrize("address", ADDRESSES)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_nothing_is_there(self, address, method, season, signed_in, steward, settings):
        assert settings.DEMO is False
        for client in (Client(), signed_in(steward)):
            response = getattr(client, method)(address, {"person": steward.pk, "role": "cfo"})
            assert response.status_code == 404

    def test_nobody_becomes_anybody(self, season, cfo):
        client = Client()
        client.post(reverse("demo_people"), {"person": cfo.pk})
        assert "_auth_user_id" not in client.session

    def test_the_bar_is_not_shown(self, season, signed_in, steward, monkeypatch):
        replace_inboxes(monkeypatch)
        assert b"demo-bar" not in signed_in(steward).get("/").content


class TestWhoYouAre:
    def test_a_person_is_picked_without_a_password(self, in_demo, season, cfo):
        client = Client()
        assert b"Frank Finance" in client.get(reverse("demo_people")).content
        response = client.post(reverse("demo_people"), {"person": cfo.pk})
        assert response.url == "/" and client.session["_auth_user_id"] == str(cfo.pk)

    def test_switching_needs_a_post(self, in_demo, season, cfo):
        client = Client()
        client.get(reverse("demo_people"), {"person": cfo.pk})
        assert "_auth_user_id" not in client.session

    @pytest.mark.parametrize("role", [role for role, _ in demo_people.KEY_ROLES])
    def test_a_role_finds_somebody(self, role, in_demo, season):
        client = Client()
        client.post(reverse("demo_people"), {"role": role})
        person = client.session["_auth_user_id"]
        assert Post.objects.filter(person=person, role=role).exists()

    def test_a_head_is_not_the_superintendent(self, in_demo, people):
        roles = {post.role for post in demo_people.somebody_with("head").posts.all()}
        assert roles == {"head"}

    def test_an_unknown_person_is_refused_with_a_sentence(self, in_demo, season):
        response = Client().post(reverse("demo_people"), {"person": "999999"}, follow=True)
        assert "Nobody of that kind" in response.content.decode()

    def test_it_leads_back_into_this_site_only(self, in_demo, season, cfo):
        post = {"person": cfo.pk, "next": "/mails/"}
        assert Client().post(reverse("demo_people"), post).url == "/mails/"
        post["next"] = "https://elsewhere.example/"
        assert Client().post(reverse("demo_people"), post).url == "/"

    def test_search_finds_by_name_and_unit(self, in_demo, people):
        assert [p.name for _, found in demo_people.people_found("Arno") for p in found] == ["Arno Asked"]
        found = {p.name for _, group in demo_people.people_found("TRN") for p in group}
        assert found == {"Arno Asked", "Dora Asked"}


class TestWhenItIs:
    def test_moving_the_clock_keeps_what_was_entered_and_brings_mail(
        self, in_demo, season, signed_in, asked_head, monkeypatch
    ):
        replace_inboxes(monkeypatch).awaits(asked_head, "ask:1", date(2026, 1, 9))
        client = signed_in(asked_head)
        response = client.post(reverse("demo_move", args=[5]), follow=True)
        assert "What was entered is still there." in response.content.decode()
        stage = season.stages.get(order=5)
        assert stage.opens <= clock.today() <= stage.closes
        clock.set_to(clock.now().replace(year=2026, month=1, day=8, hour=18))
        client.post(reverse("demo_move", args=[6]))
        mail = Mail.objects.latest("pk")  # the first told that it was new
        assert mail.sent_at and mail.person_name == asked_head.name
        assert "Answer ask:1." in client.get(reverse("mail", args=[mail.pk])).content.decode()

    def test_a_get_moves_nothing(self, in_demo, season, signed_in, asked_head):
        before = clock.today()
        assert signed_in(asked_head).get(reverse("demo_move", args=[5])).url == reverse("demo_when")
        assert clock.today() == before

    def test_a_season_that_was_only_begun_leaves_the_way_back(self, in_demo, season, signed_in, asked_head):
        years = {"fiscal_year_starts": date(2027, 7, 1), "fiscal_year_ends": date(2028, 6, 30)}
        type(season).objects.create(name="FY28", **years)
        page = signed_in(asked_head).get(reverse("demo_when")).text
        assert reverse("demo_jump", args=[5]) in page
        assert signed_in(asked_head).get(reverse("demo_jump", args=[5])).status_code == 200

    def test_a_jump_asks_first(self, in_demo, season, signed_in, asked_head, monkeypatch):
        monkeypatch.setattr(demo, "jump", lambda *a: pytest.fail("jumped unasked"))
        page = signed_in(asked_head).get(reverse("demo_jump", args=[5])).content.decode()
        assert "Everything that was entered in this demo is discarded" in page

    def test_after_a_jump_the_same_person_stays_signed_in(
        self, in_demo, season, signed_in, asked_head, cfo, monkeypatch
    ):
        replace_inboxes(monkeypatch)
        jumped = []
        monkeypatch.setattr(demo, "jump", lambda stage, by: jumped.append((stage.order, by)) or cfo)
        client = signed_in(asked_head)
        client.post(reverse("demo_jump", args=[5]))
        assert jumped == [(5, asked_head)]
        assert client.session["_auth_user_id"] == str(cfo.pk)

    def test_an_unknown_stage_is_not_there(self, in_demo, season, signed_in, asked_head):
        assert signed_in(asked_head).post(reverse("demo_jump", args=[99])).status_code == 404

    def test_the_bar_tells_who_and_when(self, in_demo, season, signed_in, asked_head, monkeypatch):
        replace_inboxes(monkeypatch)
        clock.set_to(clock.now().replace(year=2026, month=1, day=8, hour=18))
        page = signed_in(asked_head).get("/").content.decode()
        assert "Thu 8 Jan 2026" in page.replace("</strong>", "") or "8 Jan" in page
        assert "Arno Asked" in page and "Consultation" in page


class TestMails:
    def write(self, person) -> Mail:
        return Mail.objects.create(
            person_key=str(person.pk), person_name=person.name, address=person.email, kind="digest",
            key="2026-01-05", subject=f"For {person.name}", text="x", written_at=clock.now(),
        )  # fmt: skip

    def test_mine_alone(self, season, signed_in, asked_head, cfo):
        mine, other = self.write(asked_head), self.write(cfo)
        client = signed_in(asked_head)
        page = client.get(reverse("mails")).content.decode()
        assert mine.subject in page and other.subject not in page
        assert client.get(reverse("mail", args=[mine.pk])).status_code == 200
        assert client.get(reverse("mail", args=[other.pk])).status_code == 404

    def test_in_the_demo_those_of_everybody_with_a_filter(self, in_demo, season, signed_in, asked_head, cfo):
        mine, other = self.write(asked_head), self.write(cfo)
        client = signed_in(asked_head)
        page = client.get(reverse("mails"), {"q": "frank"}).content.decode()
        assert other.subject in page and mine.subject not in page

    def test_queries_do_not_grow(self, season, signed_in, asked_head, django_assert_num_queries):
        client = signed_in(asked_head)
        for number in range(2):
            Mail.objects.create(
                person_key=str(asked_head.pk), person_name="A", address="a@b.example", kind="digest",
                key=str(number), subject="S", text="x", written_at=clock.now(),
            )  # fmt: skip
            with django_assert_num_queries(6):  # session, user, count, rows, season, posts
                client.get(reverse("mails"))
