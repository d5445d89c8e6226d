"""Who saved the same field meanwhile, and when: said where history knows it, and left where it does not."""

from decimal import Decimal

import pytest
from django.urls import reverse

from activity import clock
from activity.actions import record
from activity.templatetags.activity_tags import moment
from proposals.actions import asks, costs, drafting, intents, plan, sponsors
from proposals.actions.meanwhile import SavedMeanwhile

OPENED = "as the form was opened"
POST = {"fte": Decimal(2), "is_recurring": True}


def _clash(act, *fields, **with_):
    """Save what was opened before: every field stands otherwise by now."""
    with pytest.raises(SavedMeanwhile) as refused:
        act(**with_, began=dict.fromkeys(fields, OPENED))
    return refused.value


def test_each_kind_of_field_names_who_changed_it_last(joint_draft, people, season, units, goal):
    draft, by, other = joint_draft, people.lead_head, people.lead_deputy
    line, ask = draft.cost_lines.get(), draft.asks.get()
    milestone = plan.add_milestone(
        proposal=draft, values={"what": "Hire", "due_on": clock.today(), "unit": units["TL"]}, by=by
    )
    size = {"proposal": draft, "kind": "bold"}
    intent = intents.post_intent(season=season, unit=units["TL"], title="A", idea="B", by=by)
    row = draft.sponsorships.get(unit__code="TL")
    for act, name, more in (
        (drafting.edit_details, "reach", {"proposal": draft}),
        (costs.change_cost_line, "note", {"line": line, "values": POST | {"position": line.position}}),
        (plan.change_milestone, "what", {"milestone": milestone}),
        (plan.set_scale, "effect", size),
        (asks.edit_ask, "what", {"ask": ask}),
        (intents.edit_intent, "idea", {"intent": intent}),
    ):
        values = more.pop("values", {})
        act(**more, values={**values, name: "Hers"}, by=other)
        clash = _clash(act, name, **more, values={**values, name: "Mine"}, by=by)
        assert clash.said == f"Dana Lead, {moment(clock.now())}", act
        assert clash.reasons[0].startswith("Dana Lead changed this while you were writing: ")
    sponsors.edit_contribution(sponsorship=row, contribution="Hers", by=other)
    clash = _clash(sponsors.edit_contribution, "contribution", sponsorship=row, contribution="Mine", by=by)
    assert clash.who == "Dana Lead"
    drafting.edit_section(proposal=draft, kind="need", text="Hers", by=other)
    assert (
        _clash(drafting.edit_sections, "need", proposal=draft, texts={"need": "X"}, by=by).who == "Dana Lead"
    )


def test_of_two_fields_both_who_changed_them_and_nobody_who_changed_another(joint_draft, people):
    draft = joint_draft
    for name, text, by in (
        ("title", "A", people.lead_deputy), ("reach", "B", people.partner_head),
        ("grades", "6", people.lead_contributor),
    ):  # fmt: skip
        drafting.edit_details(proposal=draft, values={name: text}, by=by)
    clash = _clash(
        drafting.edit_details, "title", "reach", proposal=draft, by=people.lead_head,
        values={"title": "Mine", "reach": "Mine"},
    )  # fmt: skip
    assert clash.who == "Dana Lead and Paula Partner"


def test_nobody_is_named_where_it_is_not_known(joint_draft, people):
    """A workbook that came in later may have changed the line as well, and does not say so."""
    line, by = joint_draft.cost_lines.get(), people.lead_head
    values = POST | {"position": line.position}
    costs.change_cost_line(line=line, values={**values, "note": "Hers"}, by=people.lead_deputy)
    record("import costs", joint_draft, "took over 1 line", by=people.partner_head)
    clash = _clash(costs.change_cost_line, "note", line=line, values={**values, "note": "Mine"}, by=by)
    assert (clash.said, clash.reasons[0].split(" changed ")[0]) == ("", "Somebody else")


def test_the_box_says_who_and_when(draft, lead_head, lead_deputy, goal, signed_in):
    client, url = signed_in(lead_head), reverse("proposal_details", args=[draft.pk])
    began = client.get(url).context["form"]["began"].value()
    drafting.edit_details(proposal=draft, values={"title": "Hers"}, by=lead_deputy)
    page = client.post(url, {"goals": [goal.pk], "title": "Mine", "began": began, "once": "1"}).text
    box = page[page.index("Yours or theirs?") :]
    assert f"<p>Changed by Dana Lead, {moment(clock.now())}.</p>" in box
