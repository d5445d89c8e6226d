"""Signing on to the substance, submitting, withdrawing, opening late: what each needs."""

from datetime import date

import pytest
from django.urls import reverse

from activity.models import Entry
from activity.refused import Refused
from proposals.actions import asks, costs, drafting, sponsors, submission
from proposals.models import Section
from proposals.models.content import content_of, substance_of
from proposals.rules import blockers_to_submit, signed_units


def _of(proposal, code):
    return proposal.sponsorships.standing().get(unit__code=code)


def _sign(proposal, code, person, contribution=None):
    row = _of(proposal, code)
    return submission.sign_on(sponsorship=row, contribution=contribution or row.contribution, by=person)


@pytest.fixture
def signed(joint_draft, lead_head, partner_head):
    _sign(joint_draft, "TL", lead_head)
    _sign(joint_draft, "SSS", partner_head)
    return joint_draft


def test_both_sign_one_version(signed):
    assert [v.kind for v in signed.versions.all()] == ["sign_on"]
    assert signed_units(signed) == {"TL", "SSS"}
    assert blockers_to_submit(signed) == []


def test_wording_elsewhere_keeps_sign_ons(signed, lead_head):
    drafting.edit_section(proposal=signed, kind="need", text="Sharper words.", by=lead_head)
    drafting.edit_details(proposal=signed, values={"title": "Better", "reach": "2"}, by=lead_head)
    assert signed_units(signed) == {"TL", "SSS"}


def test_who_signed_something_else_is_asked_again(signed, lead_head, partner_head, signed_in):
    drafting.edit_section(proposal=signed, kind="working_together", text="Other.", by=lead_head)
    assert signed_units(signed).lapsed == {"TL", "SSS"}
    _sign(signed, "TL", lead_head)
    found = signed_units(signed)
    assert (found, found.lapsed) == ({"TL"}, {"SSS"})
    for name in ("proposal_sign", "proposal_sponsors"):
        page = signed_in(partner_head).get(reverse(name, args=[signed.pk]))
        assert page.text.count("Asked to sign again") == 1


def test_the_review_before_submitting(signed, lead_head, signed_in, funds, django_assert_max_num_queries):
    funds["GF"].ends_on = signed.season.fiscal_year_ends
    funds["GF"].save()
    client, url = signed_in(lead_head), reverse("proposal_submit", args=[signed.pk])
    client.get(url)
    with django_assert_max_num_queries(20):
        page = client.get(url)
    assert page.text.count(": signed on") == 2
    assert "1 line does not fit the rules of its fund" in page.text
    assert "$212,908 in FY27, $660,191 over 3 years, 2 FTE" in page.text
    assert "Left empty</dt><dd>Who does what; People and time" in page.text
    assert '<span class="code">A-01</span> Transportation' in page.text
    assert "What changed since it was submitted" not in page.text


def test_the_review_before_resubmitting_leads_to_what_changed(in_revision, lead_head, signed_in):
    page = signed_in(lead_head).get(reverse("proposal_submit", args=[in_revision.pk]))
    assert f"/proposals/{in_revision.pk}/compare/?from=2&amp;to=now" in page.text


@pytest.mark.parametrize(
    "change", ["working_together", "who_does_what", "cost", "ask", "contribution", "sponsor"]
)
def test_substance_asks_all_to_sign_again(signed, change, lead_head, partner_head):
    if change in Section.Kind.values:
        drafting.edit_section(proposal=signed, kind=change, text="Other.", by=lead_head)
    elif change == "cost":
        costs.remove_cost_line(line=signed.cost_lines.get(), by=lead_head)
    elif change == "ask":
        asks.withdraw_ask(ask=signed.asks.get(), by=lead_head)
    elif change == "contribution":
        row = _of(signed, "SSS")
        sponsors.edit_contribution(sponsorship=row, contribution="Less.", by=partner_head)
    else:
        sponsors.leave(sponsorship=_of(signed, "SSS"), by=partner_head)
    assert signed_units(signed) == set()


def test_roles_are_read_before_signing_and_what_changed_in_them(signed, lead_head, signed_in):
    drafting.edit_section(proposal=signed, kind="who_does_what", text="TL does everything.", by=lead_head)
    page = signed_in(lead_head).get(reverse("proposal_sign", args=[signed.pk])).text
    differs, agreed = page.split("What the sponsors agree to")
    assert "Who does what" in differs
    assert "TL does everything." in differs
    assert "TL does everything." in agreed


def test_going_back_makes_sign_ons_count_again(signed, lead_head):
    asks.edit_ask(ask=signed.asks.get(), values={"effort_hours": 9}, by=lead_head)
    assert signed_units(signed) == {"TL", "SSS"}
    asks.edit_ask(ask=signed.asks.get(), values={"effort_hours": 40}, by=lead_head)
    assert blockers_to_submit(signed) == []


def test_changing_what_one_brings_while_signing(joint_draft, lead_head, partner_head):
    _sign(joint_draft, "TL", lead_head)
    _sign(joint_draft, "SSS", partner_head, "Two counselors.")
    assert signed_units(joint_draft) == {"SSS"}
    assert joint_draft.versions.count() == 2


def test_who_signs(joint_draft, lead_head, lead_contributor, superintendent):
    for person in (lead_contributor, superintendent):
        with pytest.raises(Refused, match="Only the head or the deputy of Teaching"):
            _sign(joint_draft, "TL", person)
    with pytest.raises(Refused, match="Only the head or the deputy of Student support"):
        _sign(joint_draft, "SSS", lead_head)


def test_what_signing_needs(draft, joint_draft, lead_head, units):
    with pytest.raises(Refused, match="what your unit brings"):
        _sign(joint_draft, "TL", lead_head, " ")
    values = {"what": "X", "effort_hours": 1, "effort_per": "once"}
    ask = asks.add_ask(proposal=joint_draft, unit=units["HRT"], values=values, by=lead_head)
    with pytest.raises(Refused, match="Ask A-02 was not sent yet"):
        _sign(joint_draft, "TL", lead_head)
    asks.withdraw_ask(ask=ask, by=lead_head)
    costs.remove_cost_line(line=joint_draft.cost_lines.get(), by=lead_head)
    with pytest.raises(Refused, match="There is no cost line yet"):
        _sign(joint_draft, "TL", lead_head)


def test_nothing_new_to_sign(signed, lead_head):
    with pytest.raises(Refused, match="has signed on to this already"):
        _sign(signed, "TL", lead_head)


def test_what_was_not_read_is_not_signed(joint_draft, lead_head, partner_head):
    row, seen = _of(joint_draft, "TL"), substance_of(content_of(joint_draft))
    drafting.edit_section(proposal=joint_draft, kind="working_together", text="Other.", by=partner_head)
    with pytest.raises(Refused, match="changed while you were reading"):
        submission.sign_on(sponsorship=row, contribution="Two coaches.", by=lead_head, seen=seen)


def test_submitting(signed, lead_deputy):
    done = submission.submit(proposal=signed, by=lead_deputy)
    assert (done.status, done.submitted_by) == ("submitted", lead_deputy)
    assert done.versions.last().kind == "submission"
    assert Entry.objects.about(done).first().sentence == "submitted P-01"


def test_submitting_twice(signed, lead_head):
    submission.submit(proposal=signed, by=lead_head)
    with pytest.raises(Refused, match="only a draft can be submitted"):
        submission.submit(proposal=signed, by=lead_head)
    assert signed.versions.filter(kind="submission").count() == 1


def test_who_submits(signed, lead_contributor, partner_head, superintendent):
    for person in (lead_contributor, partner_head, superintendent):
        with pytest.raises(Refused, match="Only the head or the deputy of the lead"):
            submission.submit(proposal=signed, by=person)


def test_all_that_is_missing_is_said_at_once(draft, lead_head, units):
    draft.goals.clear()
    sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head)
    values = {"what": "X", "effort_hours": 1, "effort_per": "once"}
    asks.add_ask(proposal=draft, unit=units["HRT"], values=values, by=lead_head)
    with pytest.raises(Refused) as refused:
        submission.submit(proposal=draft, by=lead_head)
    assert refused.value.reasons == [
        "Name at least one goal that it serves.",
        "Write a summary: the proposal in one paragraph.",
        "Describe the problem and the need, with local figures.",
        "Describe the strategy: what will be done and why it should work.",
        "Add at least one cost line.",
        "Send A-01, or withdraw what is no longer asked.",
        "Wait for the answer of Student support to the invitation, or take the invitation back.",
        "Teaching and learning must sign on to the proposal as it stands.",
    ]


def test_a_joint_proposal_needs_its_plan(signed, lead_head):
    drafting.edit_section(proposal=signed, kind="working_together", text=" ", by=lead_head)
    assert "Write the working-together plan, since several units sponsor it." in blockers_to_submit(signed)


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("intents", "Submitting opens with the drafting stage on Mon 24 Nov."),
        ("consultation", "Drafting closed on Fri 12 Dec. Ask the process steward to open P-01 late."),
    ],
)
def test_submitting_has_its_days(signed, at_stage, stage, sentence, lead_head):
    at_stage(stage)
    with pytest.raises(Refused) as refused:
        submission.submit(proposal=signed, by=lead_head)
    assert sentence in refused.value.reasons


def test_the_steward_opens_it_late(signed, at_stage, steward, lead_head):
    at_stage("consultation")
    submission.open_for_late_edit(proposal=signed, until=date(2025, 12, 18), reason="Snow.", by=steward)
    entry = Entry.objects.integrity().get()
    assert entry.sentence == "opened P-01 for a late edit until 18 Dec 2025: Snow."
    done = submission.submit(proposal=signed, by=lead_head)
    assert (done.status, done.late_until) == ("submitted", None)


def test_what_opening_late_needs(submitted, steward, lead_head):
    until = date(2025, 12, 18)
    with pytest.raises(Refused, match="Only the process steward"):
        submission.open_for_late_edit(proposal=submitted, until=until, reason="X", by=lead_head)
    with pytest.raises(Refused, match="not with its sponsors now"):
        submission.open_for_late_edit(proposal=submitted, until=until, reason="X", by=steward)


def test_opening_late_says_when_and_why(draft, steward):
    with pytest.raises(Refused, match="today or a later day"):
        submission.open_for_late_edit(proposal=draft, until=date(2025, 11, 1), reason="X", by=steward)
    with pytest.raises(Refused, match="Give the reason"):
        submission.open_for_late_edit(proposal=draft, until=date(2025, 12, 18), reason=" ", by=steward)


def test_withdrawing(submitted, lead_head, partner_head):
    with pytest.raises(Refused, match="Only the head or the deputy of the lead"):
        submission.withdraw(proposal=submitted, reason="X", by=partner_head)
    with pytest.raises(Refused, match="why it is withdrawn"):
        submission.withdraw(proposal=submitted, reason="", by=lead_head)
    assert submission.withdraw(proposal=submitted, reason="No staff.", by=lead_head).status == "withdrawn"
    with pytest.raises(Refused, match="Please reload"):
        submission.withdraw(proposal=submitted, reason="No staff.", by=lead_head)


def test_resubmitting_freezes_what_was_revised(in_revision, lead_head):
    drafting.edit_section(proposal=in_revision, kind="need", text="Sharper.", by=lead_head)
    done = submission.resubmit(proposal=in_revision, by=lead_head)
    newest = done.versions.last()
    assert (done.status, newest.kind, newest.content["sections"]["need"]) == (
        "submitted", "resubmission", "Sharper.",
    )  # fmt: skip


def test_resubmitting_needs_sign_ons_to_the_new_substance(in_revision, lead_head):
    drafting.edit_section(proposal=in_revision, kind="working_together", text="Other.", by=lead_head)
    with pytest.raises(Refused, match="must sign on to the proposal as it stands"):
        submission.resubmit(proposal=in_revision, by=lead_head)


def test_only_what_is_in_revision_is_resubmitted(submitted, lead_head):
    with pytest.raises(Refused, match="not in revision"):
        submission.resubmit(proposal=submitted, by=lead_head)
