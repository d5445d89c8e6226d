"""Two drafts become one: nothing is lost, both sides agree, and what was agreed to is asked again."""

from datetime import date

import pytest
from django.urls import reverse

from activity.models import Entry
from activity.refused import Refused
from funds.arithmetic import MOST_CENTS
from proposals.actions import asks, drafting, merging, plan, remarks, schools, submission
from proposals.actions.uniting import united_columns
from proposals.models import Mention, Merger, Proposal, ProposalLink, SchoolDemand
from proposals.models.content import content_of
from proposals.rules import signed_units
from tests.cast_proposals import signed_by

from .editors import Editor
from .shapes import bullets, fill, item, link, table
from .test_live_shapes import reading, send, text_in


@pytest.fixture
def other(joint_draft, units, people, goal):
    """P-02 of HRT alone, with a text, an ask that was sent, and hours of the same school."""
    season, by = joint_draft.season, people.hr_head
    proposal = drafting.start_proposal(season=season, unit=units["HRT"], title="Hiring coaches", by=by)
    drafting.edit_details(
        proposal=proposal, values={"goals": [goal], "reach": "Two schools", "grades": "6"}, by=by
    )
    texts = {"summary": "We hire coaches.", "equity": "All schools gain."}
    drafting.edit_sections(proposal=proposal, texts=texts, by=by)
    terms = {"what": "A payroll run", "effort_hours": 10, "effort_per": "year"}
    asks.send_ask(ask=asks.add_ask(proposal=proposal, unit=units["FIN"], values=terms, by=by), by=by)
    asks.add_ask(proposal=proposal, unit=units["SSS"], values={"what": "Join in"}, by=by)
    for draft, person in ((joint_draft, people.lead_head), (proposal, by)):
        schools.set_demands(
            proposal=draft, schools=[units["BMS"]], months=[date(2026, 9, 1)], activity="meeting", hours=5,
            by=person,
        )  # fmt: skip
    return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def proposed(joint_draft, other, people):
    """TL proposes that P-02 comes into P-01; HRT answers."""
    return merging.propose_merger(
        kept=joint_draft, merged=other, mine=joint_draft, reason="The same coaches.", by=people.lead_head
    )


def accepted(merger, by):
    merging.accept_merger(merger=merger, by=by)
    return Proposal.objects.get(pk=merger.kept_id), Proposal.objects.get(pk=merger.merged_id)


def test_nothing_is_lost(proposed, joint_draft, other, people):
    before = content_of(joint_draft), content_of(other)
    kept, merged = accepted(proposed, people.hr_head)
    now = content_of(kept)
    assert merged.status == "merged"
    for content in before:
        for kind, text in content["sections"].items():
            assert all(line in now["sections"][kind] for line in text.splitlines() if line)
    assert "From P-02, Hiring coaches" in now["sections"]["summary"]
    assert [s["unit"] for s in now["sponsors"]] == ["TL", "SSS", "HRT"]
    assert all(s["accepted"] for s in now["sponsors"])
    assert len(now["cost_lines"]) == len(before[0]["cost_lines"]) + len(before[1]["cost_lines"])
    assert SchoolDemand.objects.get().hours == 10
    assert (kept.reach, kept.grades) == ("Two schools", "6")
    assert merged.versions.get().content["sections"] == before[1]["sections"]
    assert merged.versions.get().label == "As it went into P-01"


def test_texts_come_as_they_are_laid_out(proposed, other, people):
    """Lists, tables and links stand behind the text that was there, under a heading that names the draft."""
    editor = Editor("equity")
    fill(editor.body, [bullets(item(link("The plan", "https://a.example/plan"))), table(("a", "b"))])
    send(editor, other, people.hr_head)
    before = other.sections.get(kind="equity")
    kept, merged = accepted(proposed, people.hr_head)
    now = kept.sections.get(kind="equity")
    assert now.html == f"<h3>From P-02, Hiring coaches</h3>{before.html}"
    assert now.text == f"From P-02, Hiring coaches\n\n{before.text}"
    assert merged.sections.get(kind="equity").html == before.html
    summary = kept.sections.get(kind="summary")
    assert "<h3>From P-02, Hiring coaches</h3><p>We hire coaches.</p><p>Contact: Hugo" in summary.html
    added = kept.updates.filter(kind="equity")
    assert set(added.values_list("written_by", flat=True)) == {people.hr_head.pk}


def test_who_writes_in_the_kept_draft_meanwhile_loses_no_word(proposed, joint_draft, other, people):
    hers = reading(joint_draft, people.lead_deputy, "summary")
    kept, _ = accepted(proposed, people.hr_head)
    text_in(hers, 0).insert(0, "Hers: ")
    assert send(hers, kept, people.lead_deputy).accepted
    text = kept.sections.get(kind="summary").text
    assert text.startswith("Hers: ") and "We hire coaches." in text


def test_a_goal_lists_the_one_that_goes_on(proposed, goal, people, signed_in):
    accepted(proposed, people.hr_head)
    page = signed_in(people.hr_head).get(reverse("goal", args=[goal.pk]))
    assert [row.code for row in page.context["proposals"]] == ["P-01"]


SCALED = {"year1_cents": 100, "effect": "Half of it.", "changes": "One coach."}


def test_sums_that_no_column_holds_are_refused_in_words(proposed, joint_draft, other, people):
    for draft, by in ((joint_draft, people.lead_head), (other, people.hr_head)):
        plan.set_scale(proposal=draft, kind="bold", values=SCALED | {"year2_cents": MOST_CENTS}, by=by)
    with pytest.raises(Refused, match="The bold sizes of P-01 and P-02 add up to more than an amount can be"):
        merging.accept_merger(merger=proposed, by=people.hr_head)
    plan.remove_scale(proposal=other, kind="bold", by=people.hr_head)
    SchoolDemand.objects.update(hours=2_000_000_000)
    with pytest.raises(Refused, match="The hours of P-01 and P-02 in the same school and month"):
        merging.accept_merger(merger=proposed, by=people.hr_head)
    assert SchoolDemand.objects.filter(proposal=other).count() == 1


def test_days_beyond_a_month_are_refused_by_name_not_cut(proposed, joint_draft, other, people):
    SchoolDemand.objects.update(days=20)
    words = "P-01 and P-02 together ask Brook Middle School for 40 days of meeting in September 2026"
    with pytest.raises(Refused, match=f"{words}, more than a month has. Lower the days in one of them"):
        merging.accept_merger(merger=proposed, by=people.hr_head)
    assert [row.days for row in SchoolDemand.objects.all()] == [20, 20]
    SchoolDemand.objects.filter(proposal=other).update(days=11)
    accepted(proposed, people.hr_head)
    assert SchoolDemand.objects.get().days == 31


def test_sizes_add_up_and_one_that_stood_alone_says_so(proposed, joint_draft, other, people):
    for draft, kinds, by in (
        (joint_draft, ("scaled", "full"), people.lead_head),
        (other, ("scaled", "bold"), people.hr_head),
    ):
        for kind in kinds:
            values = SCALED | ({"year1_cents": 0} if kind == "full" else {})
            plan.set_scale(proposal=draft, kind=kind, values=values, by=by)
    kept, merged = accepted(proposed, people.hr_head)
    sizes = {row["kind"]: row for row in content_of(kept)["scales"]}
    assert {kind: row["cents"][0] for kind, row in sizes.items()} == {"scaled": 200, "full": 0, "bold": 100}
    assert sizes["scaled"]["effect"] == "Half of it.\nFrom P-02: Half of it."
    assert sizes["full"]["changes"] == "One coach.\nDescribed before P-02 came in."
    assert sizes["bold"]["changes"] == "One coach.\nDescribed for P-02 alone."
    assert not merged.scales.exists() and len(merged.versions.get().content["scales"]) == 2


def test_milestones_go_over_once(proposed, joint_draft, other, people, units):
    same = {"what": "Coaches start", "due_on": date(2026, 9, 1), "unit": units["HRT"]}
    for draft, by in ((joint_draft, people.lead_head), (other, people.hr_head)):
        plan.add_milestone(proposal=draft, values=same, by=by)
    plan.add_milestone(proposal=other, values=same | {"what": "Posts are out"}, by=people.hr_head)
    kept, _ = accepted(proposed, people.hr_head)
    assert [row["what"] for row in content_of(kept)["milestones"]] == ["Coaches start", "Posts are out"]


def test_open_talk_goes_on_in_the_kept_draft(proposed, other, people):
    say = {"proposal": other, "section": "summary"}
    asked = remarks.comment(**say, text="How many? @Stan Stranger", quote="coaches", by=people.hr_head)
    remarks.reply(comment=asked, text="Two.", by=people.stranger)
    wording = remarks.comment(**say, text="", quote="We hire", wording="We find", by=people.stranger)
    remarks.accept_suggestion(comment=wording, by=people.hr_head)
    settled = remarks.comment(**say, text="Done.", by=people.hr_head)
    remarks.resolve(comment=settled, by=people.hr_head)
    kept, merged = accepted(proposed, people.hr_head)
    first, second = kept.comments.filter(replies_to=None).with_outcome().select_related("newest")
    assert (first.text, first.quote, first.written_by) == (asked.text, "coaches", people.hr_head)
    assert [row.text for row in first.replies.all()] == ["Two."]
    assert (second.became, second.suggestion.wording) == ("accepted", "We find")
    assert merged.comments.count() == 4
    remarks.apply_suggestion(comment=second, by=people.lead_head)
    assert "We find coaches." in kept.sections.get(kind="summary").text
    assert {row.comment.proposal_id for row in remark_calls(people.hr_head)} == {kept.pk}


def remark_calls(person):
    return Mention.objects.filter(person=person, noted_at=None).select_related("comment")


def test_the_page_that_asks_says_what_goes_over(proposed, other, people, units, signed_in):
    plan.set_scale(proposal=other, kind="bold", values=SCALED, by=people.hr_head)
    remarks.comment(proposal=other, section="summary", text="Why?", by=people.hr_head)
    page = signed_in(people.hr_head).get(reverse("merger", args=[proposed.pk])).text
    assert "1 other size goes over" in page and "1 open comment with the replies go over" in page
    assert "what was settled in its comments stay there" in page


def test_asks_go_over_with_new_terms_and_pointless_ones_end(proposed, people):
    kept, merged = accepted(proposed, people.hr_head)
    assert not merged.asks.exists()
    standing = {a.asked_unit.code: a for a in kept.asks.standing().select_related("asked_unit")}
    assert sorted(standing) == ["FIN", "TRN"]  # SSS sponsors it now
    assert [t.sponsors for t in standing["FIN"].terms.order_by("number")] == ["HRT", "TL; SSS; HRT"]


def test_details_that_differ_are_told_in_words(proposed, joint_draft, people):
    drafting.edit_details(proposal=joint_draft, values={"grades": "7"}, by=people.lead_head)
    kept, _ = accepted(proposed, people.hr_head)
    assert kept.grades == "7"
    assert "Grades: 6" in kept.sections.get(kind="summary").text


def test_sign_ons_fall_by_substance(proposed, joint_draft, people):
    signed_by(joint_draft, people)
    assert signed_units(joint_draft) == {"TL", "SSS"}
    kept, _ = accepted(proposed, people.hr_head)
    assert signed_units(kept) == set()


def test_relations_go_over_once(proposed, joint_draft, other, people, units):
    third = drafting.start_proposal(season=other.season, unit=units["HRT"], title="Third", by=people.hr_head)
    for source, kind, target in (
        (other, "supports", third), (joint_draft, "supports", third), (other, "overlaps", joint_draft),
        (third, "depends_on", other),
    ):  # fmt: skip
        ProposalLink.objects.create(source=source, kind=kind, target=target)
    kept, _ = accepted(proposed, people.hr_head)
    assert kept.links_out.filter(kind="supports", target=third).count() == 1
    assert kept.links_in.get(settled_on=None).source == third


def test_both_histories_stand(proposed, joint_draft, other, people):
    kept, merged = accepted(proposed, people.hr_head)
    verbs = [set(Entry.objects.about(p).values_list("verb", flat=True)) for p in (kept, merged)]
    assert all({"start", "merge"} <= found for found in verbs)
    assert merged.mergers_out.accepted().get().kept == kept


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("lead_head", "Human resources can agree"), ("stranger", "Human resources can agree")],
)
def test_only_the_other_side_agrees(proposed, people, who, sentence):
    with pytest.raises(Refused, match=sentence):
        merging.accept_merger(merger=proposed, by=getattr(people, who))
    assert Proposal.objects.filter(status="merged").count() == 0


def test_it_is_answered_once(proposed, people):
    with pytest.raises(Refused, match="proposed already"):
        merging.propose_merger(
            kept=proposed.kept, merged=proposed.merged, mine=proposed.kept, reason="Again.",
            by=people.lead_head,
        )  # fmt: skip
    merging.end_merger(merger=proposed, by=people.hr_head)
    with pytest.raises(Refused, match="answered or taken back"):
        merging.accept_merger(merger=proposed, by=people.hr_head)
    with pytest.raises(Refused, match="answered or taken back"):
        merging.end_merger(merger=proposed, by=people.hr_head)


def test_who_ends_it(proposed, people):
    with pytest.raises(Refused, match="Only the two sides"):
        merging.end_merger(merger=proposed, by=people.principal)
    merging.end_merger(merger=proposed, by=people.partner_head)  # a sponsor of the side that proposed


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(joint_draft, other, people, reason):
    with pytest.raises(Refused, match="why they belong together"):
        merging.propose_merger(kept=joint_draft, merged=other, mine=other, reason=reason, by=people.hr_head)


def test_strangers_and_selves_are_refused(joint_draft, other, people):
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        merging.propose_merger(
            kept=joint_draft, merged=other, mine=joint_draft, reason="X", by=people.hr_head
        )
    with pytest.raises(Refused, match="with itself"):
        merging.propose_merger(kept=other, merged=other, mine=other, reason="X", by=people.hr_head)


def test_what_was_submitted_meanwhile_is_not_merged(proposed, joint_draft, people):
    submission.submit(proposal=signed_by(joint_draft, people), by=people.lead_head)
    with pytest.raises(Refused, match="P-01 is submitted: only two drafts can be merged"):
        merging.accept_merger(merger=proposed, by=people.hr_head)
    assert Merger.objects.standing().count() == 1


def test_a_unit_that_no_longer_leads_cannot_agree(proposed, other, units, people):
    other.sponsorships.update(unit=units["RAA"])
    with pytest.raises(Refused, match="does not lead either draft any more"):
        merging.accept_merger(merger=proposed, by=people.hr_head)


@pytest.mark.once
@pytest.mark.parametrize(
    ("mine", "theirs", "columns", "told"),
    [("", "2", {"evidence_tier": "2"}, ""), ("2", "", {}, ""), ("2", "4", {}, "Evidence: 4 Rationale")],
)
def test_a_tier_of_evidence_that_only_one_of_them_says_is_kept(mine, theirs, columns, told):
    assert united_columns(Proposal(evidence_tier=mine), Proposal(evidence_tier=theirs)) == (columns, told)
