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


def test_the_strongest_overlaps_stand_in_the_list_and_the_way_to_the_others(
    posted, goal, units, people, lead_head, signed_in
):
    """What shares the goal and the wording comes first, with all it shares; five of a kind are not listed."""
    for title, aims in (("Late buses", {"goals": [goal]}), ("Trees", {}), ("Gyms", {}), ("Books", {})):
        intents.post_intent(
            season=posted[0].season, unit=units["SSS"], title=title, idea="Soon.", by=people.partner_head,
            **{"problem": goal.problem, **aims},
        )  # fmt: skip
    client = signed_in(lead_head)
    page = client.get(reverse("intents")).text
    assert f"Late buses</a> ({units['SSS']}, same goal and similar wording), <a" in page
    assert page.count("same problem)") == 1
    more = reverse("intent", args=[posted[0].pk]) + "#same"
    assert f'<a href="{more}">and 3 more</a>' in page
    page = client.get(reverse("intent", args=[posted[0].pk])).text
    assert f"Same goal: {goal.code} {goal.title}. Similar wording." in page
    assert page.count("Same problem: ") == 4


def test_who_joined_is_not_asked_to_join_again(posted, units, partner_head, signed_in):
    offers.offer_to_join_intent(intent=posted[0], unit=units["SSS"], brings="Buses.", by=partner_head)
    page = signed_in(partner_head).get(reverse("intents")).text
    assert "Joined:" in page and "Talk to us" in page and "Join as co-sponsor" not in page


def test_two_people_who_look_for_other_units_see_both(posted, goal, units, lead_head, lead_deputy, signed_in):
    client, url = signed_in(lead_head), reverse("intent_edit", args=[posted[0].pk])
    began = client.get(url).context["form"]["began"].value()
    intents.edit_intent(intent=posted[0], values={"wanted": [units["HRT"]]}, by=lead_deputy)
    typed = {"unit": units["TL"].pk, "title": "Later buses", "idea": "Soon.", "problem": goal.problem_id}
    typed |= {"goals": [goal.pk], "wanted": [units["TRN"].pk, units["SSS"].pk]}
    page = client.post(url, typed | {"began": began, "once": "1"})
    both = ("wanted", "Units you look for", "Human resources", "Student support, Transportation")
    assert page.context["form"].theirs == (both,)
    again = typed | {"began": page.context["form"]["began"].value(), "choice-wanted": "theirs"}
    assert client.post(url, again | {"once": "2"}).status_code == 302
    assert [unit.code for unit in posted[0].wanted.all()] == ["HRT"]


def test_a_new_intent_has_no_words_of_others_to_choose(posted, units, lead_head, signed_in):
    typed = {"unit": units["TL"].pk, "title": "Trees", "idea": "Soon.", "choice-title": "theirs", "once": "1"}
    assert signed_in(lead_head).post(reverse("intent_new"), typed).status_code == 302
    assert posted[0].season.intents.filter(title="Trees").count() == 1
