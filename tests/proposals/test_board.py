"""The board of intents: under their goals, with who overlaps and why."""

import pytest
from django.urls import reverse

from proposals.actions import intents, offers


@pytest.fixture
def posted(season, goal, units, people, at_stage):
    """Of TL with goal and problem, of SSS with the problem alone, of SSS without either."""
    at_stage("intents")
    rows = [
        ("TL", people.lead_head, "Later buses", {"goals": [goal], "problem": goal.problem}),
        ("SSS", people.partner_head, "Rides for readers", {"problem": goal.problem}),
        ("SSS", people.partner_head, "New roofs", {}),
    ]
    return [
        intents.post_intent(season=season, unit=units[code], title=title, idea="Soon.", by=by, **aims)
        for code, by, title, aims in rows
    ]


def test_intents_stand_under_the_goal_of_their_problem(posted, goal, units, lead_head, signed_in):
    client, path = signed_in(lead_head), reverse("intents")
    page = client.get(path)
    shelves = [(heading, [card[0].title for card in cards]) for heading, cards in page.context["shelves"]]
    assert shelves == [
        (f"{goal.code} {goal.title}", ["Rides for readers", "Later buses"]),
        ("No goal yet", ["New roofs"]),
    ]
    assert f"Rides for readers</a> ({units['SSS']}, same problem)" in page.text
    chosen = client.get(path, {"goal": goal.pk}).text
    assert "Rides for readers" in chosen and "Later buses" in chosen and "New roofs" not in chosen


def test_who_joined_is_not_asked_to_join_again(posted, units, partner_head, signed_in):
    offers.offer_to_join_intent(intent=posted[0], unit=units["SSS"], brings="Buses.", by=partner_head)
    page = signed_in(partner_head).get(reverse("intents")).text
    assert "Joined:" in page and "Talk to us" in page and "Join as co-sponsor" not in page
