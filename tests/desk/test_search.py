"""Search finds what a person may read, as they may read it, and nothing else."""

import pytest

from people.models import Unit
from proposals.actions import asks as ask_acts
from proposals.actions import drafting


@pytest.fixture
def found_by(signed_in):
    def found(person, words):
        page = signed_in(person).get("/search/", {"q": words})
        assert page.status_code == 200
        return [row.title for _, rows in page.context["found"] for row in rows]

    return found


def test_an_empty_field_asks_nothing(stranger, season, signed_in):
    assert "Nothing that you may read" not in signed_in(stranger).get("/search/", {"q": "  "}).text


def test_by_number_title_and_text(submitted, stranger, found_by):
    label = f"{submitted.code} {submitted.title}"
    assert label in found_by(stranger, submitted.code.lower())
    assert label in found_by(stranger, submitted.title[3:9].upper())
    assert label in found_by(stranger, "41.2% of sixth graders")


def test_a_foreign_draft_is_not_found(draft, stranger, lead_head, found_by):
    assert found_by(lead_head, draft.code) == [f"{draft.code} {draft.title}"]
    assert found_by(stranger, draft.code) == []
    assert found_by(stranger, draft.title) == []


def test_what_is_being_revised_is_the_sponsors_own(in_revision, stranger, lead_head, found_by):
    drafting.edit_section(proposal=in_revision, kind="need", text="Hippopotamus.", by=lead_head)
    old = in_revision.title
    drafting.edit_details(proposal=in_revision, values={"title": "Walrus"}, by=lead_head)
    assert found_by(lead_head, "hippopotamus") == found_by(lead_head, "walrus") != []
    assert found_by(stranger, "hippopotamus") == found_by(stranger, "walrus") == []
    assert found_by(stranger, old) == [f"{in_revision.code} {old}"]


def test_an_ask_is_found_by_its_sent_terms_by_who_is_asked(joint_draft, stranger, lead_head, found_by):
    ask = joint_draft.asks.get()
    sent = ask.current_terms.what
    ask_acts.edit_ask(ask=ask, values={"what": "Unsent rewording"}, by=lead_head)
    assert found_by(lead_head, "Unsent rewording") == []
    assert [title for title in found_by(lead_head, sent) if title.startswith(ask.code)]
    asked_by_nobody_near = stranger.unit_id != ask.asked_unit_id
    assert asked_by_nobody_near and not found_by(stranger, sent)


def test_units_and_people_lead_to_the_directory(season, stranger, people, signed_in):
    unit = Unit.objects.departments().first() if hasattr(Unit.objects, "departments") else people.cfo.unit
    page = signed_in(stranger).get("/search/", {"q": people.cfo.name}).text
    assert people.cfo.name in page and "/people/?q=" in page
    assert unit.name in signed_in(stranger).get("/search/", {"q": unit.code}).text


def test_queries_do_not_grow(submitted, stranger, signed_in, django_assert_max_num_queries):
    client = signed_in(stranger)
    with django_assert_max_num_queries(20):
        client.get("/search/", {"q": "e"})
