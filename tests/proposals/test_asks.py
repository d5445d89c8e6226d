"""Asking: drafts, terms that stand once sent, asking again."""

from datetime import date

import pytest
from django.urls import reverse

from activity.refused import Refused
from proposals.actions import asks

WHAT = {"what": "Post two coaches", "effort_hours": 30, "effort_per": "once"}


@pytest.fixture
def noted(joint_draft, units, lead_head):
    return asks.add_ask(proposal=joint_draft, unit=units["HRT"], values=WHAT, by=lead_head)


def test_an_ask_is_noted_then_sent(noted, lead_contributor, lead_head):
    assert (noted.code, noted.is_unsent, noted.current_terms) == ("A-02", True, None)
    terms = asks.send_ask(ask=noted, by=lead_contributor)
    assert (terms.number, terms.sponsors, terms.answer_due_on) == (1, "TL; SSS", date(2026, 1, 9))
    noted.refresh_from_db()
    assert not noted.is_unsent
    with pytest.raises(Refused, match="was sent with these very terms"):
        asks.send_ask(ask=noted, by=lead_head)


def test_changing_terms_asks_anew(joint_draft, lead_head):
    ask = joint_draft.asks.get()
    asks.edit_ask(ask=ask, values={"effort_hours": 60}, by=lead_head)
    assert asks.send_ask(ask=ask, by=lead_head).number == 2
    assert [t.effort_hours for t in ask.terms.order_by("number")] == [40, 60]


def test_all_unsent_asks_go_at_once(noted, joint_draft, lead_head):
    sent = asks.send_all_asks(proposal=joint_draft, by=lead_head)
    assert [t.ask for t in sent] == [noted]
    with pytest.raises(Refused, match="nothing to send"):
        asks.send_all_asks(proposal=joint_draft, by=lead_head)


def test_after_the_date_there_is_a_week(submitted, travel, lead_head):
    travel(date(2026, 1, 13))
    ask = asks.edit_ask(ask=submitted.asks.get(), values={"effort_hours": 9}, by=lead_head)
    assert asks.send_ask(ask=ask, by=lead_head).answer_due_on == date(2026, 1, 20)


def test_sponsors_are_not_asked(joint_draft, units, lead_head):
    with pytest.raises(Refused, match="sponsors this proposal"):
        asks.add_ask(proposal=joint_draft, unit=units["SSS"], values=WHAT, by=lead_head)


def test_nothing_is_needed_by_a_day_that_has_passed(joint_draft, noted, units, lead_head):
    past = {"needed_by": date(2025, 1, 1)}
    with pytest.raises(Refused, match="has passed already"):
        asks.add_ask(proposal=joint_draft, unit=units["TRN"], values=WHAT | past, by=lead_head)
    with pytest.raises(Refused, match="has passed already"):
        asks.edit_ask(ask=noted, values=past, by=lead_head)


def test_withdrawn_asks_rest(noted, lead_head):
    asks.withdraw_ask(ask=noted, by=lead_head)
    for act in (asks.send_ask, asks.withdraw_ask):
        with pytest.raises(Refused, match="was withdrawn"):
            act(ask=noted, by=lead_head)


def test_two_people_on_one_ask(noted, lead_head, partner_head):
    began = {"what": "Post two coaches", "effort_hours": 30}
    asks.edit_ask(
        ask=noted, values={"effort_hours": 40, "what": "Post two coaches"}, began=began, by=lead_head
    )
    asks.edit_ask(ask=noted, values={"effort_hours": 30, "what": "Three"}, began=began, by=partner_head)
    noted.refresh_from_db()
    assert (noted.what, noted.effort_hours) == ("Three", 40)
    with pytest.raises(Refused, match="what is asked"):
        asks.edit_ask(ask=noted, values={"what": "Four"}, began=began, by=lead_head)


def test_only_sponsors_ask(noted, joint_draft, units, asked_head):
    for act in (asks.send_ask, asks.withdraw_ask):
        with pytest.raises(Refused, match="Only people of the sponsoring units"):
            act(ask=noted, by=asked_head)
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        asks.add_ask(proposal=joint_draft, unit=units["FIN"], values=WHAT, by=asked_head)


def test_asks_are_sent_again_while_others_read(submitted, lead_head):
    ask = submitted.asks.get()
    asks.edit_ask(ask=ask, values={"effort_hours": 20}, by=lead_head)
    assert asks.send_ask(ask=ask, by=lead_head).number == 2


def test_asks_stand_once_vetted(vetted, lead_head):
    with pytest.raises(Refused, match="its asks stand as they were sent"):
        asks.edit_ask(ask=vetted.asks.get(), values={"effort_hours": 20}, by=lead_head)


def test_what_was_typed_into_an_ask_that_others_withdrew_can_be_copied(
    noted, lead_head, partner_head, stranger, signed_in
):
    url, lead = reverse("ask_edit", args=[noted.pk]), signed_in(lead_head)
    began = lead.get(url).context["form"]["began"].value()
    asks.withdraw_ask(ask=noted, by=partner_head)
    for hours in ("45", "many"):  # as the verb refuses it, and as a form with an error
        typed = {"what": "Post three coaches", "effort_hours": hours, "effort_per": "once", "began": began}
        page = lead.post(url, typed | {"once": hours})
        assert page.status_code == 200 and "Save the draft" not in page.text
        assert "Somebody withdrew A-02 while you were writing. Note a new ask" in page.text
        assert page.context["form"].typed == [
            ("What you ask", "Post three coaches"), ("Effort in hours", hours),
        ]  # fmt: skip
        assert "It is not saved." in page.text
    noted.refresh_from_db()
    assert noted.what == "Post two coaches"
    assert lead.get(url).status_code == 404
    assert signed_in(stranger).post(url, typed | {"once": "3"}).status_code == 404


def test_what_would_be_asked_again_stands_beside_what_was_sent(submitted, lead_head, signed_in):
    ask = submitted.asks.get()
    asks.edit_ask(ask=ask, values={"what": "Two later buses", "needed_by": date(2026, 9, 1)}, by=lead_head)
    page = signed_in(lead_head).get(f"/proposals/{submitted.pk}/asks/").text
    sent, _, draft = page.partition("As changed, not sent yet")
    assert ask.current_terms.what in sent and "Two later buses" not in sent
    assert "Two later buses" in draft and "1 Sep" in draft
    page = signed_in(lead_head).post(reverse("ask_send", args=[ask.pk]), {"once": "1"}, follow=True).text
    assert "Its sponsors are asked to sign again" in page and "As changed, not sent yet" not in page
