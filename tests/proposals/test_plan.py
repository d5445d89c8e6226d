"""Sizes, milestones, and the sponsors' own last day of changes: verbs, pages, version content."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from activity import clock
from activity.models import Entry
from activity.refused import Refused
from proposals import inbox, rules
from proposals.actions import agreeing, drafting, plan, submission
from proposals.actions.copying import carry_forward
from proposals.arithmetic import cents_per_student, sizes_of
from proposals.arithmetic.comparing import compare
from proposals.models import Proposal
from proposals.models.content import content_of

SCALED = {
    "year1_cents": 10_645_400, "year2_cents": 1, "year3_cents": 0, "effect": "45 of 100 read.",
    "changes": "One coach.",
}  # fmt: skip


@pytest.fixture
def lead(lead_head, signed_in):
    return signed_in(lead_head)


@pytest.fixture
def milestone(joint_draft, units, lead_head):
    values = {"what": "Coaches are hired", "due_on": date(2026, 8, 1), "unit": units["HRT"]}
    return plan.add_milestone(proposal=joint_draft, values=values, by=lead_head)


def test_sizes_and_milestones_stand_in_the_content(joint_draft, milestone, lead_head):
    plan.set_scale(proposal=joint_draft, kind="full", values={"effect": "50 of 100."}, by=lead_head)
    plan.set_scale(proposal=joint_draft, kind="scaled", values=SCALED, by=lead_head)
    content = content_of(joint_draft)
    scaled, full = sizes_of(content)
    assert (scaled.label, scaled.cents, scaled.changes) == ("Scaled", [10_645_400, 1, 0], "One coach.")
    assert full.cents == joint_draft.cost_lines.get().years
    hired = {"what": "Coaches are hired", "due_on": "2026-08-01", "unit": milestone.unit.name}
    assert content["milestones"] == [hired]


def test_a_size_changes_and_goes(joint_draft, lead_head, lead_deputy):
    scale = plan.set_scale(proposal=joint_draft, kind="bold", values=SCALED, by=lead_head)
    began = {"effect": "45 of 100 read.", "changes": "One coach."}
    plan.set_scale(proposal=joint_draft, kind="bold", values={"effect": "60"}, by=lead_deputy)
    with pytest.raises(Refused, match="expected effect"):
        plan.set_scale(proposal=joint_draft, kind="bold", values={"effect": "70"}, by=lead_head, began=began)
    plan.set_scale(proposal=joint_draft, kind="bold", values={"changes": "More"}, by=lead_head, began=began)
    scale.refresh_from_db()
    assert (scale.effect, scale.changes) == ("60", "More")
    plan.remove_scale(proposal=joint_draft, kind="bold", by=lead_head)
    assert not joint_draft.scales.exists()


def test_what_stands_in_the_way_of_sizes(joint_draft, lead_head, stranger, submitted):
    for by, proposal, words in ((stranger, joint_draft, "Only people"), (lead_head, submitted, "submitted")):
        with pytest.raises(Refused, match=words):
            plan.set_scale(proposal=proposal, kind="bold", values=SCALED, by=by)


def test_a_size_needs_its_effect_and_one_to_remove(joint_draft, lead_head):
    with pytest.raises(Refused, match="what effect"):
        plan.set_scale(proposal=joint_draft, kind="bold", values={**SCALED, "effect": " "}, by=lead_head)
    with pytest.raises(Refused, match="not described"):
        plan.remove_scale(proposal=joint_draft, kind="bold", by=lead_head)


def test_a_milestone_changes_and_goes_once(milestone, lead_head, lead_deputy, stranger):
    began = {"what": "Coaches are hired", "due_on": "2026-08-01", "unit": milestone.unit_id}
    plan.change_milestone(milestone=milestone, values={"due_on": date(2026, 9, 1)}, by=lead_deputy)
    hers = {"what": "Hired", "due_on": date(2026, 8, 1)}
    changed = plan.change_milestone(milestone=milestone, values=hers, by=lead_head, began=began)
    assert (changed.what, changed.due_on) == ("Hired", date(2026, 9, 1))
    for act in (
        lambda by: plan.remove_milestone(milestone=milestone, by=by),
        lambda by: plan.change_milestone(milestone=milestone, values=hers, by=by),
        lambda by: plan.add_milestone(proposal=milestone.proposal, values=hers, by=by),
    ):
        with pytest.raises(Refused, match="Only people"):
            act(stranger)
    plan.remove_milestone(milestone=milestone, by=lead_head)
    for act in (plan.remove_milestone, lambda **k: plan.change_milestone(values=hers, **k)):
        with pytest.raises(Refused, match="removed this milestone"):
            act(milestone=milestone, by=lead_head)


def test_what_others_changed_is_not_removed_unseen(joint_draft, milestone, lead, lead_head, lead_deputy):
    plan.set_scale(proposal=joint_draft, kind="bold", values=SCALED, by=lead_head)
    edits = {"scale": ["bold"], "milestone": [milestone.pk]}
    began = {}
    for name, args in edits.items():
        page = lead.get(reverse(f"{name}_edit", args=[joint_draft.pk, *args]))
        began[name] = page.context["form"]["began"].value()
        assert f'name="began" value="{escape(began[name])}"' in page.text
    plan.set_scale(proposal=joint_draft, kind="bold", values={**SCALED, "changes": "More"}, by=lead_deputy)
    plan.change_milestone(milestone=milestone, values={"due_on": date(2026, 9, 1)}, by=lead_deputy)
    for name, args in edits.items():
        url = reverse(f"{name}_remove", args=[joint_draft.pk, *args])
        page = lead.post(url, {"began": began[name], "once": name}, follow=True)
        assert "Look at it again before you remove it." in page.text
    assert joint_draft.scales.exists() and joint_draft.milestones.exists()


def test_cost_for_each_student(joint_draft):
    content = content_of(joint_draft)
    assert cents_per_student({**content, "students_served": 640}) == 33_300  # 212,908 / 640 = 332.67
    assert cents_per_student({**content, "students_served": None}) is None


def test_pages_by_hand(joint_draft, lead, units):
    def post(name, *args, **data):
        with CaptureQueriesContext(connection) as queries:
            answer = lead.post(reverse(name, args=args), {**data, "once": f"{name}{len(data)}"})
        marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
        acts = [q for q in queries.captured_queries if not q["sql"].upper().startswith(marks)]
        assert answer.status_code == 302 and len(acts) <= 16, (name, len(acts))

    pk = joint_draft.pk
    post("scale_edit", pk, "bold", year1_cents="$1,000", year2_cents="-", effect="60", changes="More")
    post("proposal_plan", pk, what="Hired", due_on="2026-08-01", unit=units["HRT"].pk)
    row = joint_draft.milestones.get()
    post("milestone_edit", pk, row.pk, what="All hired", due_on="2026-08-01", unit=units["HRT"].pk)
    page = lead.get(reverse("proposal_plan", args=[pk]))
    assert "All hired" in page.text and "$1,000" in page.text
    assert joint_draft.scales.get().year2_cents == 0
    reading = lead.get(reverse("proposal", args=[pk])).text
    assert "With less money, and with more" in reading and "All hired" in reading
    for name, args in (("scale_edit", ["bold"]), ("milestone_edit", [row.pk]), ("agreed_day", [])):
        assert lead.get(reverse(name, args=[pk, *args])).status_code == 200
    assert lead.get(reverse("scale_edit", args=[pk, "huge"])).status_code == 404
    post("milestone_remove", pk, row.pk)
    post("scale_remove", pk, "bold")
    day = clock.today() + timedelta(days=1)
    post("agreed_day", pk, day=day.isoformat())
    assert "nothing changes after" in lead.get(reverse("proposal_sponsors", args=[pk])).text
    post("proposal_reopen", pk)
    assert Proposal.objects.get(pk=pk).agreed_until is None


def test_what_was_typed_into_a_milestone_that_is_gone_is_kept(joint_draft, milestone, lead, lead_head, units):
    url = reverse("milestone_edit", args=[joint_draft.pk, milestone.pk])
    plan.remove_milestone(milestone=milestone, by=lead_head)
    typed = {"what": "All of them are hired", "due_on": "2026-08-01", "unit": units["HRT"].pk, "once": "1"}
    page = lead.post(url, typed)
    assert page.status_code == 200 and "Somebody removed this milestone while you were writing." in page.text
    assert page.context["form"]["what"].value() == "All of them are hired"
    assert f'action="{reverse("proposal_plan", args=[joint_draft.pk])}"' in page.text
    assert lead.get(url).status_code == 404


def test_a_size_that_is_gone_comes_back_whole(joint_draft, lead, lead_head, lead_deputy):
    plan.set_scale(proposal=joint_draft, kind="bold", values=SCALED, by=lead_head)
    url = reverse("scale_edit", args=[joint_draft.pk, "bold"])
    shown = lead.get(url).context["form"]
    typed = {name: shown[name].value() for name in SCALED} | {"began": shown["began"].value()}
    typed |= {"changes": "Both coaches.", "year1_cents": "106,454"}
    plan.remove_scale(proposal=joint_draft, kind="bold", by=lead_deputy)
    wrong = lead.post(url, typed | {"effect": "", "once": "1"})
    assert wrong.context["form"]["changes"].value() == "Both coaches."
    page = lead.post(url, typed | {"once": "2"})
    assert "Somebody removed this size while you were writing." in page.text
    assert not joint_draft.scales.exists() and "Remove this size" not in page.text
    again = {name: page.context["form"][name].value() for name in typed}
    assert again["effect"] == SCALED["effect"] and again["changes"] == "Both coaches."
    assert lead.post(url, again | {"once": "3"}).status_code == 302
    scale = joint_draft.scales.get()
    assert (scale.year1_cents, scale.effect) == (SCALED["year1_cents"], SCALED["effect"])
    assert scale.changes == "Both coaches."


def _over(proposal) -> Proposal:
    Proposal.objects.filter(pk=proposal.pk).update(agreed_until=clock.today() - timedelta(days=1))
    return Proposal.objects.get(pk=proposal.pk)


def test_after_the_agreed_day_it_is_signed_not_changed(joint_draft, people):
    proposal = agreeing.agree_day(proposal=joint_draft, day=clock.today(), by=people.partner_head)
    assert Entry.objects.filter(verb="agree day").count() == 1
    waits = [w for w in inbox.awaited() if w.key.startswith("agreed:")]
    assert {w.address for w in waits} >= {people.lead_head.email, people.partner_head.email}
    assert {w.due_on for w in waits} == {clock.today()}
    drafting.edit_section(proposal=proposal, kind="need", text="Still open.", by=people.lead_head)
    proposal = _over(proposal)
    with pytest.raises(Refused, match="agreed to change nothing after"):
        drafting.edit_section(proposal=proposal, kind="need", text="Late.", by=people.lead_head)
    assert not [w for w in inbox.awaited() if w.key.startswith("agreed:")]
    row = proposal.sponsorships.get(unit__code="TL")
    submission.sign_on(sponsorship=row, contribution="Two coaches.", by=people.lead_head)
    agreeing.reopen(proposal=proposal, by=people.lead_deputy)
    drafting.edit_section(proposal=proposal, kind="need", text="Open.", by=people.lead_head)


def test_what_stands_in_the_way_of_a_day(joint_draft, people, season, submitted):
    today = clock.today()
    closes = max(s.closes for s in season.all_stages if s.kind == "drafting")
    draft = Proposal(pk=joint_draft.pk, code="P-01", season=season, status="draft", agreed_until=None)
    assert rules.blockers_to_agree(draft, today) == []
    assert "is over" in rules.blockers_to_agree(draft, today - timedelta(days=1))[0]
    assert "closes on" in rules.blockers_to_agree(draft, closes)[0]
    draft.agreed_until = today - timedelta(days=1)
    assert "agreed to change nothing" in rules.blockers_to_agree(draft, today)[0]
    with pytest.raises(Refused, match="no draft any more"):
        agreeing.agree_day(proposal=submitted, day=today, by=people.lead_head)
    with pytest.raises(Refused, match="no agreed day"):
        agreeing.reopen(proposal=submitted, by=people.lead_head)


def test_only_who_speaks_for_a_sponsor_agrees(joint_draft, stranger):
    for act in (
        lambda: agreeing.agree_day(proposal=joint_draft, day=clock.today(), by=stranger),
        lambda: agreeing.reopen(proposal=joint_draft, by=stranger),
    ):
        with pytest.raises(Refused, match="head or the deputy of a sponsor"):
            act()


def test_versions_compare_sizes_and_milestones(joint_draft, milestone, lead_head):
    before = content_of(joint_draft)
    plan.set_scale(proposal=joint_draft, kind="scaled", values=SCALED, by=lead_head)
    plan.remove_milestone(milestone=milestone, by=lead_head)
    facts = {d.what: (d.before, d.after) for d in compare(before, content_of(joint_draft), {}).facts}
    assert facts["Milestones"] == (f"Coaches are hired, by 1 August 2026, {milestone.unit}", "")
    assert facts["Sizes"] == ("", "Scaled: $106,454, $0.01, $0. 45 of 100 read. One coach.")
    old = {name: value for name, value in before.items() if name not in ("scales", "milestones")}
    assert not compare(old, {**old, "scales": []}, {}).facts


def test_sizes_and_milestones_are_carried_forward(joint_draft, milestone, units, lead_head):
    plan.set_scale(proposal=joint_draft, kind="bold", values=SCALED, by=lead_head)
    copied = carry_forward(
        source=joint_draft, season=joint_draft.season, unit=units["TL"], title="Again", by=lead_head
    ).draft
    assert copied.scales.get().effect == SCALED["effect"]
    assert copied.milestones.get().due_on == milestone.due_on
