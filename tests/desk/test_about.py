"""Light or dark, the first steps, what is new since the last visit, how much waits."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from activity.actions import record
from people.models import District

from .waiting import replace_inboxes

pytestmark = pytest.mark.django_db


def test_the_look_is_kept_in_the_browser(season, signed_in, stranger):
    client = signed_in(stranger)
    assert client.post(reverse("look"), {"look": "dark", "back": "/goals/"}).url == "/goals/"
    assert 'data-look="dark"' in client.get("/words/").content.decode()
    client.post(reverse("look"), {"look": "", "back": "/"})
    assert "data-look" not in client.get("/words/").content.decode()


def test_a_look_leads_to_no_other_site(client, db):
    answer = client.post(reverse("look"), {"look": "pink", "back": "https://evil.example/"})
    assert (answer.url, answer.cookies["look"].value) == ("/", "")


@pytest.mark.parametrize(
    ("who", "step"),
    [
        ("steward", "Assign reviewers"), ("cfo", "Compare slates"), ("answerable", "adopt measurable goals"),
        ("principal", "asked of your school"), ("lead_head", "Find partners"), ("auditor", "who decides"),
    ],
)  # fmt: skip
def test_first_steps_by_role_until_they_are_hidden(who, step, season, signed_in, people):
    client = signed_in(getattr(people, who))
    assert step in client.get("/").content.decode()
    assert client.post(reverse("guide")).url == "/"
    assert step not in client.get("/").content.decode()
    assert step in client.get(reverse("guide")).content.decode()


def test_what_is_new_since_the_last_visit(season, signed_in, people, travel):
    travel(date(2026, 1, 6))
    client = signed_in(people.lead_head)
    record("open", season, "opened the season", by=people.steward, integrity=True)
    assert 'class="new"' not in client.get("/").content.decode(), "on the first visit all is known"
    travel(date(2026, 1, 7))
    record("late", season, "opened one proposal late", by=people.steward, integrity=True)
    assert client.get("/").content.decode().count('class="new"') == 1
    assert client.get("/").content.decode().count('class="new"') == 1, "the same visit"


def test_a_cookie_that_makes_no_sense_is_no_visit(season, signed_in, stranger):
    client = signed_in(stranger)
    client.cookies[f"visit-{stranger.pk}"] = "yesterday|2026"
    assert client.get("/").status_code == 200


def test_how_much_waits(monkeypatch, season, signed_in, asked_head):
    waiting = replace_inboxes(monkeypatch)
    waiting.awaits(asked_head, "ask:1")
    waiting.awaits(asked_head, "ask:2")
    page = signed_in(asked_head).get(reverse("waits")).content.decode()
    assert '<span class="count">2</span> <span>wait for you</span>' in page


def test_the_gallery_is_for_those_who_build(season, signed_in, stranger, administrator, settings):
    assert signed_in(stranger).get(reverse("gallery")).status_code == 404
    assert signed_in(administrator).get(reverse("gallery")).status_code == 200


def test_signed_out_the_gallery_opens_in_a_demo_alone(season, client, settings):
    assert client.get(reverse("gallery")).status_code == 404
    settings.DEMO = True
    assert client.get(reverse("gallery")).status_code == 200


def test_every_hint_leads_to_a_word():
    templates = Path(__file__).parents[2] / "templates"
    used = {
        anchor
        for page in templates.rglob("*.html")
        for anchor in re.findall(r'{% term "([^"]+)"', page.read_text(encoding="utf-8"))
    }
    told = re.findall(r'<div id="([^"]+)"', (templates / "desk" / "words.html").read_text(encoding="utf-8"))
    assert used and used <= set(told)


def test_how_we_decide_shows_what_the_district_publishes_of_itself(season, signed_in, stranger):
    client = signed_in(stranger)
    assert "The district</h2>" not in client.get("/season/").content.decode()
    facts = {"Students": 21400, "Low income, %": 49.5, "Superintendent since": "2021"}
    District.objects.update(facts=facts)
    page = client.get("/season/").content.decode()
    rows = [("Low income, %", "49.5"), ("Students", "21,400"), ("Superintendent since", "2021")]
    assert "".join(f'<dt>{label}</dt><dd class="figure">{value}</dd>' for label, value in rows) in page
