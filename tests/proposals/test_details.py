"""The details of a proposal: lists are saved in few queries, and strange keys are refused."""

from django.urls import reverse

from goals.models import Goal, RootCause
from proposals.actions import drafting, submission
from proposals.models import Proposal

from .test_posts import POST_BUDGET, _post, lead  # noqa: F401


def test_other_rows_in_all_lists(draft, lead, units, season, goal):  # noqa: F811
    """One row for another in every list, details changed besides: within the budget of an act."""
    other = Goal.objects.create(
        season=season, code="G2", title="Math", statement="More.", problem=goal.problem, owner=goal.owner,
        by_date=goal.by_date, published_on=goal.published_on,
    )  # fmt: skip
    causes = [
        RootCause.objects.create(goal=goal, code=f"K{n}", description="x", status="confirmed")
        for n in range(2)
    ]
    first, second, third = season.principles.all()
    base = {"title": "Mine", "evidence_tier": "4", "contact": draft.contact_id}
    chosen = [
        {
            "goals": [row.pk for row in goals], "causes": [cause.pk], "schools": [units[school].pk],
            "principles_served": [served.pk], "principles_strained": [third.pk, strained.pk],
        }
        for goals, cause, school, served, strained in (
            ([goal], causes[0], "BMS", first, second), ([other], causes[1], "EHS", second, first),
        )
    ]  # fmt: skip
    drafting.edit_details(proposal=draft, values=chosen[0], by=draft.contact)
    began = lead.get(reverse("proposal_details", args=[draft.pk])).context["form"]["began"].value()
    saved, _ = _post(lead, "proposal_details", draft.pk, **base, **chosen[1], began=began, reach="2")
    assert saved.status_code == 302
    stands = drafting.details_of(Proposal.objects.get(pk=draft.pk), chosen[1])
    assert {name: sorted(keys) for name, keys in stands.items()} == {
        name: sorted(keys) for name, keys in chosen[1].items()
    }


def test_details_with_many_lists(draft, lead, units, season, goal):  # noqa: F811
    """Adding to all lists but one, or setting two anew, stays in the budget."""
    principle = season.principles.first()
    url = reverse("proposal_details", args=[draft.pk])
    base = {"title": "Mine", "evidence_tier": "4", "contact": draft.contact_id, "reach": "2"}
    lists = {"goals": [goal.pk], "schools": [units["BMS"].pk], "principles_served": [principle.pk]}
    for chosen in (
        lists,
        {
            **lists,
            "schools": [units["EHS"].pk],
            "principles_served": [],
            "principles_strained": [principle.pk],
        },
    ):
        began = lead.get(url).context["form"]["began"].value()
        assert _post(lead, "proposal_details", draft.pk, **base, **chosen, began=began)[0].status_code == 302
        base["reach"] += "!"
    assert [school.code for school in draft.schools.all()] == ["EHS"]
    assert (draft.principles_served.count(), draft.principles_strained.get()) == (0, principle)
    refused, _ = _post(lead, "proposal_details", draft.pk, **base, goals=["999"])
    assert "Choose from the list" in refused.text
    refused, _ = _post(lead, "proposal_details", draft.pk, **{**base, "contact": "999"}, goals=[goal.pk])
    assert "Choose one from the list" in refused.text


def test_details_merge_and_clash(draft, lead, lead_deputy, goal):  # noqa: F811
    url = reverse("proposal_details", args=[draft.pk])
    began = lead.get(url).context["form"]["began"].value()
    drafting.edit_details(proposal=draft, values={"title": "Hers", "reach": "2 MS"}, by=lead_deputy)
    base = {"goals": [goal.pk], "evidence_tier": "4", "contact": draft.contact_id, "began": began}
    refused, _ = _post(lead, "proposal_details", draft.pk, **base, title="Mine")
    form = refused.context["form"]
    assert form.theirs == (("title", "Title", "Hers", "Mine"),)
    assert 'type="radio" name="choice-title" value="theirs"' in refused.text
    assert (form["title"].value(), form["reach"].value()) == ("Mine", "2 MS")
    again = base | {"title": "Mine", "reach": "2 MS", "began": form["began"].value(), "grades": "6"}
    _post(lead, "proposal_details", draft.pk, **again, **{"choice-title": "theirs"})
    draft.refresh_from_db()
    assert (draft.title, draft.reach, draft.grades) == ("Hers", "2 MS", "6")
    saved, queries = _post(lead, "proposal_details", draft.pk, **again)
    assert saved.status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.reach, draft.grades) == ("Mine", "2 MS", "6")
    assert [g.pk for g in draft.goals.all()] == [goal.pk]
    assert queries <= POST_BUDGET


def test_what_was_typed_when_it_closed_can_be_copied(joint_draft, lead, lead_head, goal):  # noqa: F811
    url = reverse("proposal_details", args=[joint_draft.pk])
    began = lead.get(url).context["form"]["began"].value()
    submission.withdraw(proposal=joint_draft, reason="Not this year.", by=lead_head)
    typed = {"title": "A better title", "goals": [goal.pk], "evidence_tier": "2", "began": began}
    page = lead.post(url, typed | {"contact": joint_draft.contact_id, "once": "1"})
    assert "so it cannot be changed" in page.text
    assert page.context["form"].typed == [("Title", "A better title"), ("Evidence (ESSA tier)", "2 Moderate")]
    assert "A better title" in page.text and "It is not saved." in page.text
    assert "It is not saved." not in lead.get(url).text
    url = reverse("proposal_costs", args=[joint_draft.pk])
    began = lead.get(url).context["form"]["began"].value()
    typed = {"description": "Bus rides", "is_recurring": "on", "began": began, "once": "2"}
    assert lead.post(url, typed).context["form"].typed == [("What is bought", "Bus rides")]


def test_hours_that_were_typed_while_others_submitted_can_be_copied(submitted, lead):  # noqa: F811
    url = reverse("proposal_schools", args=[submitted.pk])
    page = lead.post(url, {"activity": "meeting", "hours": "7", "note": "Mondays only", "once": "1"}).text
    assert "is submitted, so it cannot be changed" in page
    assert "<dt>Note</dt><dd>Mondays only</dd>" in page and "<dd>7</dd>" in page
    assert "It is not saved." not in lead.get(url).text


def test_an_ask_that_was_typed_while_others_submitted_can_be_copied(submitted, lead, units):  # noqa: F811
    url = reverse("proposal_asks", args=[submitted.pk])
    for hours in ("4", ""):  # as a form with an error, and as the verb refuses it
        typed = {"asked_unit": units["HRT"].pk, "what": "Three more buses", "effort_hours": hours}
        page = lead.post(url, typed | {"once": f"of {hours}"}).text
        assert "is submitted, so it cannot be changed" in page and "Three more buses" in page
    assert "It is not saved." not in lead.get(url).text


def test_nobody_claims_a_tier_of_evidence_before_somebody_says_one(draft, lead, goal):  # noqa: F811
    """A new draft says none, on the form, on the page and before submitting; saying none is no error."""
    url, page = reverse("proposal_details", args=[draft.pk]), reverse("proposal", args=[draft.pk])
    assert '<option value="" selected>Not said yet</option>' in lead.get(url).text
    assert "ESSA tier" not in lead.get(page).text
    assert "; Evidence (ESSA tier)</dd>" in lead.get(reverse("proposal_submit", args=[draft.pk])).text
    base = {"title": "Mine", "goals": [goal.pk]}
    assert _post(lead, "proposal_details", draft.pk, **base, evidence_tier="")[0].status_code == 302
    assert Proposal.objects.get().evidence_tier == ""
    saved, _ = _post(lead, "proposal_details", draft.pk, **base, evidence_tier="2", reach="2")
    assert saved.status_code == 302
    assert "ESSA tier 2" in lead.get(page).text
    assert "Evidence (ESSA tier)" not in lead.get(reverse("proposal_submit", args=[draft.pk])).text


def test_root_causes_stand_under_their_goals_those_of_ticked_goals_first(draft, lead, season, goal):  # noqa: F811
    """The same codes under two goals are told apart; without script, by the goals that are ticked."""
    values = {"season": season, "statement": "More.", "problem": goal.problem, "owner": goal.owner}
    values |= {"by_date": goal.by_date, "published_on": goal.published_on}
    other = Goal.objects.create(code="A0", title="Math", **values)
    hidden = Goal.objects.create(code="B0", title="Not published", **values | {"published_on": None})
    for of in (goal, other, hidden):
        for code in ("RC-1", "RC-2"):
            RootCause.objects.create(goal=of, code=code, description=f"Of {of.title}", status="confirmed")
    url, ours = reverse("proposal_details", args=[draft.pk]), f"{goal.code} {goal.title}"

    def shelves(page) -> list[tuple[str, list[str]]]:
        choices = page.context["form"].fields["causes"].choices
        return [(heading, [label for _key, label in rows]) for heading, rows in choices]

    of_ours, of_math = ([f"{code} Of {title}" for code in ("RC-1", "RC-2")] for title in (goal.title, "Math"))
    of_ours.insert(0, "C1 Little coaching")
    assert shelves(lead.get(url)) == [(ours, of_ours), ("A0 Math (not ticked above)", of_math)]
    typed = {"title": " ", "goals": [other.pk], "once": "1"}  # refused: the order follows what is ticked
    assert shelves(lead.post(url, typed)) == [("A0 Math", of_math), (f"{ours} (not ticked above)", of_ours)]
    page = lead.post(url, typed | {"goals": [], "once": "2"})
    assert shelves(page) == [("A0 Math", of_math), (ours, of_ours)]
    assert "<strong>A0 Math</strong>" in page.text
