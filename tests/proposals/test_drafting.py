"""Starting and writing: numbers, rights, two people's edits."""

import pytest

from activity.models import Entry
from activity.refused import Refused
from proposals.actions import drafting, intents
from proposals.actions.meanwhile import digest_of
from proposals.arithmetic import comparable
from proposals.models import Proposal


def test_an_intent_becomes_a_proposal(at_stage, units, lead_contributor, goal):
    season = at_stage("intents")
    intent = intents.post_intent(
        season=season, unit=units["TL"], title="Coaches", idea="One in each school.",
        problem=goal.problem, looking_for="Transportation", by=lead_contributor,
    )  # fmt: skip
    first = drafting.start_proposal(
        season=season, unit=units["TL"], title="Coaches", intent=intent, by=lead_contributor
    )
    second = drafting.start_proposal(season=season, unit=units["TL"], title="More", by=lead_contributor)
    assert (first.code, second.code) == ("P-01", "P-02")
    assert first.sections.get().text == "One in each school."
    assert first.lead == units["TL"]
    assert first.sponsorships.get().accepted_by == lead_contributor
    assert Entry.objects.about(first).get().sentence == "started P-01 for Teaching and learning"


def test_numbers_go_on_after_the_highest(draft, units, lead_head):
    Proposal.objects.filter(pk=draft.pk).update(code="P-41")
    started = drafting.start_proposal(season=draft.season, unit=units["TL"], title="Next", by=lead_head)
    assert started.code == "P-42"


def test_nobody_starts_for_another_unit(season, units, lead_head, advisory):
    for person, unit in ((lead_head, "SSS"), (advisory, "SUP")):
        with pytest.raises(Refused, match="for a unit where you are head"):
            drafting.start_proposal(season=season, unit=units[unit], title="X", by=person)
        with pytest.raises(Refused, match="your own units only"):
            intents.post_intent(season=season, unit=units[unit], title="X", idea="Y", by=person)
    assert not Proposal.objects.exists()


def test_a_principal_starts_for_the_school(at_stage, units, principal):
    season = at_stage("drafting")
    assert drafting.start_proposal(season=season, unit=units["BMS"], title="X", by=principal).code == "P-01"


@pytest.mark.parametrize(
    ("stage", "title", "reason"),
    [("drafting", " ", "A proposal needs a title"), ("closed", "X", "FY27 is over.*in the next season")],
)
def test_what_a_draft_needs(at_stage, units, lead_head, stage, title, reason):
    season = at_stage(stage)
    with pytest.raises(Refused, match=reason):
        drafting.start_proposal(season=season, unit=units["TL"], title=title, by=lead_head)
    assert not Proposal.objects.exists()


def test_details_are_saved_and_told(draft, goal, units, lead_contributor):
    values = {"title": "New title", "schools": [units["BMS"]], "causes": list(goal.causes.all()), "reach": ""}
    drafting.edit_details(proposal=draft, values=values, by=lead_contributor)
    draft.refresh_from_db()
    assert draft.title == "New title"
    assert [s.code for s in draft.schools.all()] == ["BMS"]
    assert Entry.objects.about(draft).first().sentence == "changed title, root causes, schools"


def test_saving_nothing_new_writes_nothing(draft, lead_head):
    entries = Entry.objects.count()
    drafting.edit_details(proposal=draft, values={"title": draft.title}, by=lead_head)
    drafting.edit_section(proposal=draft, kind="summary", text="", by=lead_head)
    assert Entry.objects.count() == entries


def test_different_fields_of_two_people_merge(draft, lead_head, lead_deputy):
    began = {"title": "Reading coaches", "reach": ""}
    drafting.edit_details(proposal=draft, values={"title": "Mine", "reach": ""}, began=began, by=lead_head)
    drafting.edit_details(
        proposal=draft, values={"title": "Reading coaches", "reach": "2 MS"}, began=began, by=lead_deputy
    )
    draft.refresh_from_db()
    assert (draft.title, draft.reach) == ("Mine", "2 MS")


def test_the_same_field_of_two_people_keeps_both(draft, lead_head, lead_deputy):
    began = {"title": comparable(draft.title)}
    drafting.edit_details(proposal=draft, values={"title": "Mine"}, began=began, by=lead_head)
    with pytest.raises(Refused, match="Lena Lead changed this while you were writing: title") as refused:
        drafting.edit_details(proposal=draft, values={"title": "Hers"}, began=began, by=lead_deputy)
    assert refused.value.theirs == {"title": "Mine"}
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_the_same_words_of_two_people_are_no_clash(draft, lead_head, lead_deputy):
    began = digest_of("")
    for person in (lead_head, lead_deputy):
        drafting.edit_section(proposal=draft, kind="need", text="The same.", began=began, by=person)
    assert Entry.objects.about(draft).filter(verb="edit sections").count() == 1


def test_the_same_section_of_two_people_keeps_both(draft, lead_head, lead_deputy):
    began = digest_of("")
    drafting.edit_section(proposal=draft, kind="need", text="First.", began=began, by=lead_head)
    with pytest.raises(Refused, match="Problem and need"):
        drafting.edit_section(proposal=draft, kind="need", text="Second.", began=began, by=lead_deputy)
    drafting.edit_section(
        proposal=draft, kind="need", text="Both.", began=digest_of("First."), by=lead_deputy
    )
    section = draft.sections.get(kind="need")
    assert (section.text, section.edited_by) == ("Both.", lead_deputy)


def test_a_title_is_needed(draft, lead_head):
    with pytest.raises(Refused, match="needs a title"):
        drafting.edit_details(proposal=draft, values={"title": " "}, by=lead_head)


def test_only_sponsors_edit(draft, stranger, superintendent, administrator):
    for person in (stranger, superintendent, administrator):
        with pytest.raises(Refused, match="Only people of the sponsoring units"):
            drafting.edit_section(proposal=draft, kind="need", text="X", by=person)


def test_what_was_submitted_is_closed(submitted, lead_head):
    with pytest.raises(Refused, match="P-01 is submitted, so it cannot be changed"):
        drafting.edit_details(proposal=submitted, values={"title": "X"}, by=lead_head)


def test_drafts_close_with_drafting(draft, at_stage, lead_head):
    at_stage("consultation")
    with pytest.raises(Refused, match="Drafting closed on Fri 12 Dec"):
        drafting.edit_details(proposal=draft, values={"title": "X"}, by=lead_head)


def test_in_revision_it_is_open_again(in_revision, partner_head):
    drafting.edit_section(proposal=in_revision, kind="need", text="Sharper.", by=partner_head)
    assert in_revision.sections.get(kind="need").text == "Sharper."
