"""Who writes together sees who is here, and where: for a moment, and nothing that breaks another page."""

import pytest
from django.core.cache import cache

from proposals import live as together

from .editors import Editor, ask, send


def test_people_see_each_other_for_a_moment(draft, lead, deputy, lead_head, monkeypatch):
    one, two = Editor(), Editor()
    place = {"type": None, "tname": "body", "item": {"client": 7, "clock": 3}, "assoc": 0}
    caret = {"anchor": place, "head": place}
    alone = ask(lead, draft, 0, one.here() | {"caret": caret}).json()
    assert (alone["people"], alone["wait"]) == ([], 4)
    both = ask(deputy, draft, 0, two.here()).json()
    assert both["wait"] == 1
    (told,) = both["people"]
    assert told.pop("client") != one.client, "nobody learns as which client another will write"
    assert told == {
        "name": str(lead_head), "unit": str(lead_head.unit), "hue": 0, "kind": "need", "caret": caret,
    }  # fmt: skip
    assert ask(lead, draft, 0, one.here()).json()["people"][0]["hue"] == 1
    assert ask(lead, draft, 0, one.here() | {"kind": ""}).json()["wait"] == 15
    later = together.time.time() + 16
    monkeypatch.setattr(together.time, "time", lambda: later)
    assert ask(lead, draft, 0, one.here()).json()["people"] == []


def test_who_closes_the_page_is_gone_at_once(draft, lead, deputy):
    one, two = Editor(), Editor()
    ask(lead, draft, 0, one.here())
    assert len(ask(deputy, draft, 0, two.here()).json()["people"]) == 1
    send(lead, draft, one.write("Last words."), here={"client": one.client, "gone": True})
    assert ask(deputy, draft, 0, two.here()).json()["people"] == []


PLACE = {"type": None, "tname": None, "item": {"client": 7, "clock": 3}, "assoc": 0}


@pytest.mark.parametrize(
    "caret",
    [5, [], {}, {"anchor": PLACE}, {"anchor": PLACE, "head": 5}, {"anchor": PLACE, "head": PLACE | {"x": 1}},
     {"anchor": PLACE, "head": PLACE | {"item": {"client": "7", "clock": 3}}},
     {"anchor": PLACE, "head": PLACE | {"tname": "elsewhere"}},
     {"anchor": PLACE, "head": PLACE | {"assoc": []}},
     {"anchor": [[[[]]]] * 900, "head": PLACE}],
)  # fmt: skip
def test_a_caret_over_which_others_would_stumble_is_not_told(draft, lead, deputy, caret):
    assert ask(lead, draft, 0, Editor().here() | {"caret": caret}).status_code == 200
    assert [who["caret"] for who in ask(deputy, draft).json()["people"]] == [None]


@pytest.mark.parametrize("odd", ["NaN", "Infinity", "-Infinity", "[" * 5000])
def test_what_is_no_json_is_not_passed_on(draft, lead, deputy, odd):
    here = f'{{"kind": "need", "client": 9, "caret": {odd}}}'
    assert lead.get(f"/proposals/{draft.pk}/live/", {"since": 0, "here": here}).status_code == 400
    assert ask(deputy, draft).json()["people"] == []


def test_a_person_is_seen_in_few_pages_and_under_no_number_of_another(draft, lead, deputy):
    mine = Editor()
    ask(deputy, draft, 0, mine.here())
    for _ in range(9):
        ask(lead, draft, 0, Editor().here())
    assert len(ask(deputy, draft, 0, mine.here()).json()["people"]) == together.MOST_PAGES
    ask(lead, draft, 0, mine.here())  # claims to be the deputy's page
    assert len(ask(deputy, draft, 0, mine.here()).json()["people"]) == together.MOST_PAGES


def test_asking_for_what_is_missing_is_slowed_down_too(draft, lead, monkeypatch):
    monkeypatch.setattr(together, "MOST_IN_TEN_SECONDS", 1)
    monkeypatch.setattr(together.time, "time", lambda: 1000.0)
    cache.clear()
    asked = [lead.post(f"/proposals/{draft.pk}/live/missing/", {}) for _ in range(2)]
    assert asked[1].status_code == 429


def test_a_page_gone_wild_is_slowed_down(draft, lead, monkeypatch):
    monkeypatch.setattr(together, "MOST_IN_TEN_SECONDS", 2)
    monkeypatch.setattr(together.time, "time", lambda: 1000.0)
    cache.clear()
    assert [ask(lead, draft).status_code for _ in range(3)] == [200, 200, 429]
