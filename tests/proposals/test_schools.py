"""Hours asked of schools: entered for groups at once, the load of the season beside them."""

from datetime import date

import pytest
from django.urls import reverse

from goals.actions import limit_schools
from people.models import Unit
from proposals.actions import schools
from proposals.actions.baton import freeze_version, pass_on
from proposals.models import Proposal, SchoolDemand
from proposals.reading import hours_asked, hours_of_others


@pytest.fixture
def lead(lead_head, signed_in):
    return signed_in(lead_head)


HOURS = {"activity": "meeting", "hours": "5", "months": ["2026-09-01"]}


def test_groups_and_single_schools_together(draft, lead, units):
    cluster = Unit.objects.create(code="C1", name="North cluster", kind="cluster", parent=units["SUP"])
    Unit.objects.filter(kind="school").update(level="", is_title_i=False)
    make = {"kind": "school", "parent": cluster}
    north = Unit.objects.create(code="S1", name="North High", level="high", **make)
    title = Unit.objects.create(code="S2", name="Title", is_title_i=True, kind="school", parent=units["SUP"])
    Unit.objects.create(code="S3", name="Left out", kind="school", parent=units["SUP"])
    url = reverse("proposal_schools", args=[draft.pk])
    page = lead.get(url)
    labels = [label for _key, label in page.context["form"].fields["groups"].choices]
    assert "North cluster (1)" in labels and "Title I schools (1)" in labels
    assert "All high schools (1)" in labels
    data = {**HOURS, "groups": [f"in-{cluster.pk}", "title_i"], "schools": [units["BMS"].pk], "once": "1"}
    assert lead.post(url, data).status_code == 302
    assert {d.school for d in draft.demands.all()} == {north, title, units["BMS"]}


def test_hours_that_others_set_meanwhile_are_not_replaced_unseen(draft, lead, lead_deputy, units):
    url = reverse("proposal_schools", args=[draft.pk])
    began = lead.get(url).context["began"]
    mine = {**HOURS, "schools": [units["BMS"].pk], "began": began, "once": "1"}
    theirs = {"schools": [units["BMS"]], "months": [date(2026, 9, 1)], "activity": "meeting"}
    schools.set_demands(proposal=draft, hours=7, by=lead_deputy, **theirs)
    page = lead.post(url, mine)
    assert "Somebody else set hours of meeting for these schools and months a moment ago." in page.text
    assert draft.demands.get().hours == 7 and page.context["form"]["hours"].value() == "5"
    other = lead.post(url, mine | {"months": ["2026-10-01"], "once": "2"})
    assert other.status_code == 302  # of another month
    assert lead.post(url, mine | {"began": page.context["began"], "once": "3"}).status_code == 302
    assert {demand.hours for demand in draft.demands.all()} == {5}


def test_a_note_that_others_wrote_meanwhile_is_not_replaced_unseen(draft, lead, lead_deputy, units):
    """Both set five hours, each with a note of their own: hours alone do not tell them apart."""
    url = reverse("proposal_schools", args=[draft.pk])
    began = lead.get(url).context["began"]
    mine = {**HOURS, "schools": [units["BMS"].pk], "began": began, "note": "Mondays only", "once": "1"}
    theirs = {"schools": [units["BMS"]], "months": [date(2026, 9, 1)], "activity": "meeting", "hours": 5}
    schools.set_demands(proposal=draft, note="After the fair", by=lead_deputy, **theirs)
    page = lead.post(url, mine)
    assert "Somebody else changed the note on meeting for these schools" in page.text
    assert "It says now: “After the fair”." in page.text and "set hours of" not in page.text
    assert page.context["form"]["note"].value() == "Mondays only"
    assert draft.demands.get().note == "After the fair"
    assert lead.post(url, mine | {"began": page.context["began"], "once": "2"}).status_code == 302
    assert draft.demands.get().note == "Mondays only"


def test_hours_do_not_clash_with_a_note_of_others_but_do_not_take_it_along(draft, lead, lead_deputy, units):
    url = reverse("proposal_schools", args=[draft.pk])
    theirs = {"schools": [units["BMS"]], "months": [date(2026, 9, 1)], "activity": "meeting", "hours": 5}
    schools.set_demands(proposal=draft, by=lead_deputy, **theirs)
    mine = {**HOURS, "schools": [units["BMS"].pk], "began": lead.get(url).context["began"]}
    schools.set_demands(proposal=draft, note="After the fair", by=lead_deputy, **theirs)
    none = lead.post(url, mine | {"hours": "0", "once": "1"})
    assert "It says now: “After the fair”." in none.text and draft.demands.exists()
    assert lead.post(url, mine | {"hours": "6", "once": "2"}).status_code == 302
    assert (draft.demands.get().hours, draft.demands.get().note) == (6, "After the fair")


def test_a_note_can_be_taken_away(draft, lead, units):
    url = reverse("proposal_schools", args=[draft.pk])
    chosen = {**HOURS, "schools": [units["BMS"].pk]}
    lead.post(url, chosen | {"note": "Mondays only", "once": "1"})
    both = lead.post(url, chosen | {"note": "Tuesdays", "clears_note": "on", "once": "2"})
    assert "Write a note, or take it away: not both." in both.text
    assert lead.post(url, chosen | {"clears_note": "on", "once": "3"}).status_code == 302
    assert (draft.demands.get().hours, draft.demands.get().note) == (5, "")


@pytest.mark.parametrize("chosen", [{}, {"groups": ["none"]}, {"schools": ["x"]}])
def test_some_school_must_be_chosen(draft, lead, chosen):
    page = lead.post(reverse("proposal_schools", args=[draft.pk]), {**HOURS, **chosen, "once": "1"})
    assert page.context["form"].errors and not draft.demands.exists()


def test_the_load_of_the_season_stands_beside(
    submitted, lead, lead_head, people, units, django_assert_max_num_queries
):
    mine = Proposal.objects.create(
        season=submitted.season, code="P-09", title="Mine", created_at=submitted.created_at
    )
    mine.sponsorships.create(
        unit=units["TL"], is_lead=True, accepted_at=submitted.created_at, accepted_by=lead_head
    )
    months = [submitted.season.fiscal_year_starts.replace(day=1)]
    for proposal, hours in ((submitted, 7), (mine, 5)):
        for month in months:
            SchoolDemand.objects.create(
                proposal=proposal, school=units["BMS"], month=month, activity="meeting", hours=hours
            )
    limit_schools(season=submitted.season, schools=[units["BMS"]], hours=10, by=people.principal)
    url = reverse("proposal_schools", args=[mine.pk])
    with django_assert_max_num_queries(20):
        page = lead.get(url)
    assert page.context["by_school"] == [("Brook Middle School", 10, [(5, 12, 10)], 5)]
    assert "of 12" in page.text and "2 over" in page.text
    assert "“Of” is" in page.text and "No other circulated proposal" not in page.text
    assert "can give 10 a month" in page.text and "1 school is asked for more" in page.text
    Proposal.objects.filter(pk=submitted.pk).update(status="not_funded")
    assert hours_of_others(mine) == {}
    schools.set_demands(
        proposal=mine, schools=[units["BMS"]], months=months, activity="meeting", hours=0, by=lead_head
    )
    assert not lead.get(url).context["by_school"]


def test_what_stands_nowhere_is_not_explained(draft, lead, lead_head, people, units):
    url = reverse("proposal_schools", args=[draft.pk])
    asked = {"schools": [units["BMS"]], "months": [date(2026, 9, 1)], "activity": "meeting"}
    schools.set_demands(proposal=draft, hours=7, by=lead_head, **asked)
    page = lead.get(url).text
    assert "No other circulated proposal asks these schools in these months yet." in page
    assert "“Of” is" not in page and "“Over” is" not in page
    limit_schools(season=draft.season, schools=[units["BMS"]], hours=5, by=people.principal)
    page = lead.get(url).text
    assert "2 over" in page and "“Over” is" in page and "“Of” is" not in page


def test_what_is_in_revision_asks_for_what_was_circulated(consulted, people, units, at_stage):
    at_stage("revision")
    month = consulted.season.fiscal_year_starts
    asked = {"months": [month], "activity": "meeting", "by": people.lead_head}
    consulted.demands.create(school=units["BMS"], month=month, activity="meeting", hours=7)
    freeze_version(proposal=consulted, kind="resubmission", by=people.lead_head)
    season = consulted.season_id
    assert hours_asked(season) == {("BMS", f"{month}"): 7}
    pass_on(proposal=consulted, act="return", by=people.steward, sentence="returned P-01")
    schools.set_demands(proposal=consulted, schools=[units["BMS"], units["EHS"]], hours=90, **asked)
    assert hours_asked(season) == {("BMS", f"{month}"): 7}
    assert hours_asked(season, leaving_out=consulted.pk) == {}


def test_days_and_notes_are_shown_and_stay_when_hours_are_set_anew(draft, lead, units):
    url = reverse("proposal_schools", args=[draft.pk])
    chosen = {**HOURS, "schools": [units["BMS"].pk, units["EHS"].pk]}
    lead.post(url, chosen | {"days": "1.5", "note": "On late-start Wednesdays", "once": "1"})
    lead.post(url, chosen | {"days": "0.5", "hours": "6", "once": "2"})
    page = lead.get(url).text
    assert "Meeting: 12 hours, 1 day" in page and "<li>Meeting: On late-start Wednesdays</li>" in page
