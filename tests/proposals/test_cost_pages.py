"""The cost editor: rules of funds, what makes a post's amounts, codes by plain words, few queries."""

import pytest
from django.urls import reverse

from funds.suggesting import best_matches
from proposals.actions import costs


@pytest.fixture
def lead(lead_head, signed_in):
    return signed_in(lead_head)


@pytest.fixture
def books(units, funds, accounts):
    return {
        "description": "Bus rides", "unit": units["TL"], "fund": funds["T1A"], "year1_cents": 100_000,
        "function": accounts["2700"], "object": accounts["610"], "is_recurring": True,
        "required_anyway": True,
    }  # fmt: skip


def _typed(values: dict) -> dict:
    data = {name: getattr(value, "pk", value) for name, value in values.items() if value is not False}
    return data | {"year1_cents": "$ 1,000.00", "once": "1"}


def test_rules_of_the_fund_stand_beside_the_line(draft, books, lead, lead_head, django_assert_num_queries):
    costs.add_cost_line(proposal=draft, values=books, by=lead_head)
    url = reverse("proposal_costs", args=[draft.pk])
    lead.get(url)
    with django_assert_num_queries(14):
        page = lead.get(url)
    assert "<b>Functions:</b> Title I, Part A (T1A) pays functions 1000-2199, not 2700." in page.text
    assert "Choose another function, or another fund." in page.text
    assert "may only supplement, and this must be paid anyway" in page.text
    assert '<a href="#line-1">Bus rides</a>' in page.text
    for n in range(3):
        costs.add_cost_line(proposal=draft, values={**books, "description": f"Ride {n}"}, by=lead_head)
    with django_assert_num_queries(14):
        lead.get(url)


def test_the_form_of_a_line_says_its_rules_and_parts(joint_draft, funds, lead):
    url = reverse("cost_line", args=[joint_draft.pk, 1])
    funds["GF"].pays_for = "one_time"
    funds["GF"].save()
    page = lead.get(url)
    assert "<b>One-time money:</b>" in page.text and "say that the cost comes once" in page.text
    parts = page.context["post_years"]
    assert [part.total for part in parts] == joint_draft.cost_lines.get().years
    assert all(part.salary and part.variable and part.health for part in parts)
    assert "Health, the same for every post" in page.text


def test_looking_saves_nothing_and_tells(draft, books, lead, coach, funds):
    url = reverse("proposal_costs", args=[draft.pk])
    page = lead.post(url, {"look": "1", "description": "Bus rides to the museum", "once": "1"})
    assert not draft.cost_lines.exists() and "Please fill this in" not in page.text
    assert "Fits what you wrote" in page.text
    data = {"look": "1", "position": coach.pk, "fte": "2", "is_recurring": "on", "fund": funds["T1A"].pk}
    page = lead.post(url, data | {"required_anyway": "on", "once": "2"})
    assert [part.total for part in page.context["post_years"]] == [21_290_800, 21_997_900, 22_730_400]
    notice = page.text.partition('class="notice notice-warning')[2].partition("You can save it")[0]
    assert "Supplement, not supplant" in notice
    assert notice.count("<svg") == 1  # the notice has its sign
    assert not draft.cost_lines.exists()


def test_a_line_half_typed_breaks_no_rule_yet_and_ends_with_its_fund(draft, lead, coach, funds, season):
    url, fund = reverse("proposal_costs", args=[draft.pk]), funds["T1A"]
    fund.ends_on = season.fiscal_year_ends
    fund.save()
    data = {"look": "1", "fund": fund.pk}
    page = lead.post(url, data | {"year1_cents": "1,000", "once": "1"})
    assert "The rules of Title I, Part A allow this" in page.text
    later = "counts on it in FY28 and FY29"
    page = lead.post(url, data | {"year1_cents": "1,000", "is_recurring": "on", "once": "2"})
    assert later in page.text
    page = lead.post(url, data | {"position": coach.pk, "fte": "1", "is_recurring": "on", "once": "3"})
    assert later in page.text
    page = lead.post(url, data | {"position": coach.pk, "fte": "1", "year2_cents": "5", "once": "4"})
    assert later not in page.text


def test_what_plain_words_may_mean_is_said(draft, lead, accounts):
    url = reverse("proposal_costs", args=[draft.pk])
    page = lead.post(url, {"look": "1", "words": "buses", "once": "1"})
    assert "<b>Function:</b> 2700 Student transportation." in page.text
    page = lead.post(url, {"look": "1", "words": "xyzzy", "once": "2"})
    assert "No code sounds like “xyzzy”. Choose from the lists." in page.text


def test_the_object_of_a_post_is_that_of_the_price_list(draft, books, lead, coach):
    data = _typed({**books, "position": coach, "object": "", "required_anyway": False}) | {"fte": "1"}
    assert lead.post(reverse("proposal_costs", args=[draft.pk]), data).status_code == 302
    assert draft.cost_lines.get().object == coach.salary_object
    refused = lead.post(
        reverse("proposal_costs", args=[draft.pk]), data | {"position": "", "fte": "", "once": "2"}
    )
    assert "Choose the object" in refused.text


def test_the_page_says_what_becomes_of_later_years(draft, books, lead, lead_head, coach):
    costs.add_cost_line(proposal=draft, values={**books, "year2_cents": 5_00}, by=lead_head)
    url = reverse("cost_line", args=[draft.pk, 1])
    assert "What growth made follows FY27; what you state stays." in lead.get(url).text
    typed = _typed(books) | {"year1_cents": "2,000", "year2_cents": "5", "year3_cents": "1,051"}
    page = lead.post(url, typed, follow=True)
    assert "By the season&#x27;s growth FY29 follows it. FY28 stays as it was stated" in page.text
    assert draft.cost_lines.get().years == [2_000_00, 5_00, 2_101_00]
    page = lead.post(url, typed | {"year1_cents": "2,000", "year3_cents": "7", "once": "2"}, follow=True)
    assert "Line 1 is saved." in page.text and "as it was stated" not in page.text


def test_a_line_that_others_changed_is_not_removed_unseen(draft, books, lead, lead_head, lead_deputy):
    line = costs.add_cost_line(proposal=draft, values=books, by=lead_head)
    began = lead.get(reverse("cost_line", args=[draft.pk, 1])).context["form"]["began"].value()
    costs.change_cost_line(line=line, values={**books, "note": "Of May"}, by=lead_deputy)
    remove = reverse("cost_line_remove", args=[draft.pk, 1])
    page = lead.post(remove, {"began": began, "once": "1"}, follow=True)
    assert "Somebody changed line 1 a moment ago. Look at it again" in page.text
    assert draft.cost_lines.get().note == "Of May"
    began = lead.get(reverse("cost_line", args=[draft.pk, 1])).context["form"]["began"].value()
    lead.post(remove, {"began": began, "once": "2"})
    assert not draft.cost_lines.exists()


def test_money_of_title_i_at_other_schools(draft, books, lead, lead_head, units):
    units["BMS"].is_title_i = False
    units["BMS"].save()
    draft.schools.set([units["BMS"]])
    costs.add_cost_line(proposal=draft, values=books, by=lead_head)
    page = lead.get(reverse("proposal_costs", args=[draft.pk]))
    assert "pays for Title I schools only" in page.text


def test_money_that_ends(draft, books, funds, lead, lead_head, season):
    funds["T1A"].ends_on = season.fiscal_year_ends
    funds["T1A"].save()
    costs.add_cost_line(proposal=draft, values=books, by=lead_head)
    page = lead.get(reverse("proposal_costs", args=[draft.pk]))
    assert "counts on it in FY28 and FY29" in page.text


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("bus rides", "2"), ("laptops for grade 6", "3"), ("substitute teachers", "1"),
        ("STUDENT transport", "2"), ("buses", "2"), ("workshops", "5"), ("tutoring", "6"),
        ("", None), ("xyzzy", None), ("🚌", None), ("x" * 5000, None),
    ],
)  # fmt: skip
def test_plain_words_find_codes(words, key):
    names = {"1": "Substitutes", "2": "Student transportation", "3": "Technology hardware", "4": "Dues"}
    names |= {"5": "Staff training", "6": "Instruction", "7": "Construction"}
    assert (best_matches(words, names) or [None])[0] == key


def test_what_was_typed_into_a_line_that_is_gone_is_kept(draft, books, lead, lead_head):
    line = costs.add_cost_line(proposal=draft, values=books, by=lead_head)
    url = reverse("cost_line", args=[draft.pk, line.number])
    began = lead.get(url).context["form"]["began"].value()
    costs.remove_cost_line(line=line, by=lead_head)
    typed = _typed(books | {"note": "For the long way round."})
    page = lead.post(url, typed | {"began": began})
    assert page.status_code == 200
    assert f"Somebody removed line {line.number} while you were writing." in page.text
    assert page.context["form"]["note"].value() == "For the long way round."
    assert f'action="{reverse("proposal_costs", args=[draft.pk])}#add"' in page.text
    assert lead.get(url).status_code == 404
    assert lead.post(reverse("proposal_costs", args=[draft.pk]), typed | {"once": "2"}).status_code == 302
    assert draft.cost_lines.get().note == "For the long way round."


def test_what_was_typed_into_a_line_whose_number_another_took_is_not_put_there(draft, books, lead, lead_head):
    line = costs.add_cost_line(proposal=draft, values=books, by=lead_head)
    url = reverse("cost_line", args=[draft.pk, line.number])
    shown = lead.get(url)
    assert shown.text.count(f'<input type="hidden" name="line" value="{line.pk}">') == 2
    sent = {"began": shown.context["form"]["began"].value(), "line": line.pk}
    costs.remove_cost_line(line=line, by=lead_head)
    other = costs.add_cost_line(proposal=draft, values={**books, "description": "Desks"}, by=lead_head)
    assert other.number == line.number
    page = lead.post(url, _typed(books | {"note": "For the long way round."}) | sent)
    assert "Somebody removed line 1 while you were writing." in page.text
    assert page.context["form"]["note"].value() == "For the long way round."
    remove = reverse("cost_line_remove", args=[draft.pk, line.number])
    assert "Somebody else removed line 1 a moment ago." in lead.post(remove, sent, follow=True).text
    assert (draft.cost_lines.get().description, draft.cost_lines.get().note) == ("Desks", "")
