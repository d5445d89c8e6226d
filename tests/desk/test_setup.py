"""From an empty district to a published goal by hand, and the pages of set-up and season."""

import pytest
from django.urls import reverse

from activity.models import Entry
from goals.models import Goal, Season
from people import actions
from people.models import Post
from reviews.models import Criterion

FIRST = {
    "name": "Ada Admin", "email": "ada@oak.example", "password": "purple otter lamp",
    "district_name": "Oak Valley Schools", "district_short_name": "Oak Valley",
    "district_time_zone": "America/Denver",
}  # fmt: skip
# In a season of 2027, begun in the autumn before.
SEASON = {"name": "FY28", "fiscal_year_starts": "2027-07-01", "fiscal_year_ends": "2028-06-30"}


def post(client, name, data=None, args=()):
    """Send a form that must be taken."""
    response = client.post(reverse(name, args=args), data or {"sent": "1"})
    assert response.status_code == 302, response.content.decode()
    return response


@pytest.fixture
def administrator_client(client, db):
    client.post(actions.invite_first_administrator().removeprefix("http://127.0.0.1:8000"), FIRST)
    return client


def test_an_empty_district_is_set_up_in_the_browser(administrator_client):
    client = administrator_client
    ada = Post.objects.get().person
    for role in ("steward", "superintendent", "cfo", "head"):
        post(client, "setup_post_new", {"role": role, "unit": ada.unit_id}, [ada.pk])
    post(
        client,
        "setup_unit_new",
        {"code": "TL", "name": "Teaching", "kind": "department", "parent": ada.unit_id},
    )
    post(client, "setup_season_new", SEASON)
    for name in (
        "setup_stages_usual",
        "setup_decision_rights_usual",
        "setup_rubric_usual",
        "setup_codes_usual",
    ):
        post(client, name)
    post(client, "setup_principle_new", {"text": "Students first."})
    post(client, "setup_agreement", {"text": "We read before we judge."})
    post(
        client, "setup_rates",
        {"variable_benefits": "22.65", "health": "$11,400", "salary_growth": "3", "health_growth": "6",
         "other_growth": "2.5"},
    )  # fmt: skip
    code = {"code": "GF", "name": "General fund", "fund_type": "1 General", "pays_for": "either"}
    rule = {"restriction": "unrestricted", "rule": "Anything lawful.", "rule_owner": ada.unit_id}
    post(client, "setup_fund_new", code | rule | {"available_FY28": "2,450,000"})
    set_a_goal(client, ada)
    post(client, "season_adopt")
    page = client.get(reverse("setup")).content.decode()
    assert "12 of 14" in page or "13 of 14" in page
    assert Season.objects.get().adopted_by == ada and Criterion.objects.count() == 6
    assert client.get(reverse("season")).status_code == 200


def set_a_goal(client, ada):
    problem = {"title": "Absence", "description": "Too many.", "evidence": "26.8%", "owner": ada.unit_id}
    post(client, "problem_new", problem)
    goal = {
        "code": "G1", "title": "Less absence", "statement": "From 26.8% to 20.8%.", "owner": ada.unit_id,
        "problem": Season.objects.get().problems.get().pk, "sets_priorities": "district",
        "controls_actions": "district", "by_date": "2029-06-30",
    }  # fmt: skip
    row = Goal.objects.get(title="Less absence") if not post(client, "goal_new", goal) else Goal.objects.get()
    post(client, "goal_publish", args=[row.pk])
    assert Goal.objects.get().published_on is None  # refused: no measure yet
    measure = {
        "code": "G1a", "kind": "outcome", "name": "Absence", "unit_of_values": "%", "direction": "lower",
        "baseline": "26.8", "baseline_period": "2024-25", "target_type": "point", "stated": "-6",
        "by_date": "2029-06-30", "source": "Student system",
    }  # fmt: skip
    post(client, "measure_new", measure, [row.pk])
    post(client, "goal_publish", args=[row.pk])
    assert Goal.objects.get().published_on is not None


def test_the_checklist_says_who_does_what(administrator_client):
    page = administrator_client.get(reverse("setup")).content.decode()
    assert "1 of 4 parts" in page and "nobody is superintendent, CFO, process steward yet" in page
    assert "the process steward does this" in page


SETUP_PAGES = [
    ("setup", "steward", 18),
    ("setup_season", "steward", 8),
    ("setup_stages", "steward", 8),
    ("setup_principles", "steward", 8),
    ("setup_decision_rights", "steward", 8),
    ("setup_rubric", "steward", 8),
    ("setup_funds", "cfo", 8),
    ("setup_codes", "cfo", 8),
    ("setup_positions", "cfo", 8),
    ("setup_rates", "cfo", 8),
    ("goals", "lead_head", 8),
    ("funds", "lead_head", 8),
    ("season", "lead_head", 14),
]


@pytest.mark.parametrize(("name", "who", "most"), SETUP_PAGES)
def test_pages_keep_their_budget(
    name, who, most, signed_in, people, season, rubric, funds, coach, goal, django_assert_max_num_queries
):
    client = signed_in(getattr(people, who))
    with django_assert_max_num_queries(most):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(("name", "who", "_most"), SETUP_PAGES[:10])
def test_setting_up_is_closed_to_others(name, who, _most, signed_in, people, season):
    assert signed_in(people.lead_head).get(reverse(name)).status_code == 403


def test_pages_stand_without_a_season(signed_in, people):
    for person in (people.steward, people.superintendent):
        client = signed_in(person)
        for place in client.get("/").context["places"]:
            assert client.get(place["url"]).status_code == 200, place["label"]
    client = signed_in(people.steward)
    assert client.get(reverse("setup_season")).url == reverse("setup_season_new")
    for name in ("proposals", "intents", "setup_stages"):
        assert "There is no season yet" in client.get(reverse(name)).content.decode()


def test_a_goal_page_takes_the_same_queries_for_any_number(
    signed_in, people, goal, at_stage, django_assert_num_queries
):
    at_stage("goals")
    client = signed_in(people.lead_head)
    with django_assert_num_queries(12):
        client.get(reverse("goal", args=[goal.pk]))
    for number in range(9):
        goal.causes.create(code=f"X{number}", description="X", category="Physical plant")
        measure = goal.measures.first()
        measure.pk, measure.code = None, f"X{number}"
        measure.save()
        measure.milestones.create(on=measure.by_date, value=1)
    with django_assert_num_queries(12):
        client.get(reverse("goal", args=[goal.pk]))


def test_unknown_goals_and_drafts_of_others_look_alike(signed_in, people, goal, at_stage):
    at_stage("goals")
    goal.published_on = None
    goal.save()
    client = signed_in(people.stranger)
    answers = {client.get(reverse("goal", args=[pk])).status_code for pk in (goal.pk, 999_999)}
    assert answers == {404}
    assert client.get(reverse("goal_edit", args=[goal.pk])).status_code == 404


def test_the_log_tells_what_departed_from_the_rules(signed_in, people, season, at_stage):
    at_stage("vetting")
    data = {"text": "Students first, always", "meaning": "", "adopted_on": ""}
    page = reverse("setup_principle", args=[season.principles.first().pk])
    client = signed_in(people.steward)
    refused = client.post(page, data)
    assert refused.status_code == 200 and "always" in refused.content.decode()
    client.post(page, data | {"reason": "Asked by the board"})
    assert Entry.objects.integrity().count() == 1
    assert "Asked by the board" in signed_in(people.lead_head).get(reverse("season")).content.decode()


def test_the_preference_is_one_sentence_with_numbers(signed_in, people, season, rubric):
    page = signed_in(people.lead_head).get(reverse("season")).content.decode()
    assert "gets 5 points beside its score" in page and "reaches 3.5 of 5" in page
    assert "criterion “Working together”" in page


def test_weights_that_do_not_add_up_are_said_and_kept(signed_in, people, rubric, at_stage):
    at_stage("setup")
    data = {"gate": str(rubric.criteria.first().pk)}
    for criterion in rubric.criteria.all():
        data |= {f"name_{criterion.pk}": criterion.name, f"weight_{criterion.pk}": "31"}
    response = signed_in(people.steward).post(reverse("setup_rubric"), data)
    page = response.content.decode()
    assert "add up to 93" in page and page.count('value="31"') == 3


def test_a_double_submit_makes_one_fund(signed_in, people, season, units):
    client, page = signed_in(people.cfo), reverse("setup_fund_new")
    data = {
        "code": "GF", "name": "General fund", "fund_type": "1", "pays_for": "either", "rule": "Any.",
        "restriction": "unrestricted", "rule_owner": units["FIN"].pk, "once": "the-same-key",
    }  # fmt: skip
    assert [client.post(page, data).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="add").count() == 1


def test_an_amount_that_stands_asks_for_a_reason(signed_in, people, season, funds):
    client, page = signed_in(people.cfo), reverse("setup_fund", args=[funds["GF"].pk])
    fund = funds["GF"]
    data = {
        "code": "GF", "name": "General Fund", "fund_type": "General", "pays_for": "either",
        "restriction": "unrestricted", "rule": fund.rule, "rule_owner": fund.rule_owner_id,
        "available_FY27": "900,000", "available_FY28": "1,000,000", "available_FY29": "1,000,000",
    }  # fmt: skip
    refused = client.post(page, data).content.decode()
    assert "Say why the amount of FY27 changes" in refused and "900,000" in refused
    assert client.post(page, data | {"reason": "The levy failed."}).status_code == 302
    entry = Entry.objects.about(fund).get()
    assert entry.is_integrity and entry.sentence.endswith(
        "FY27 now $900,000 after $1,000,000: The levy failed."
    )
