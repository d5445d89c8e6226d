"""Content, substance and differences: one form for pages, versions and sign-ons."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.html import conditional_escape

from proposals.actions import asks, costs, drafting, sponsors
from proposals.arithmetic import effort_words, fte_of, hours_by_month, sum_of, sums_by
from proposals.arithmetic.comparing import differences
from proposals.models import Proposal, Section
from proposals.models.changes import changed_parts
from proposals.models.content import (
    content_of,
    said,
    substance_now,
    substance_of,
    substance_part,
    with_substance_rows,
)


def test_content_reads_in_few_queries(joint_draft, django_assert_num_queries):
    proposal = Proposal.objects.select_related("contact", "research_partner").get(pk=joint_draft.pk)
    with django_assert_num_queries(4):
        content = content_of(proposal)
    assert content["goals"] == ["G1"]
    assert content["names"]["goal"] == {"G1": "More students read at grade level"}
    assert list(content["sections"]) == ["summary", "need", "strategy", "working_together"]
    assert [(a["code"], a["sent"], a["unsent"]) for a in content["asks"]] == [("A-01", True, False)]


def test_substance_of_many_costs_the_same(joint_draft, django_assert_num_queries):
    with django_assert_num_queries(4):
        proposals = list(with_substance_rows(Proposal.objects.all()))
        assert [substance_now(p) for p in proposals] == [substance_of(content_of_now(joint_draft))]


def test_roles_belong_to_the_plan(joint_draft, lead_head, django_assert_num_queries):
    without = substance_now(joint_draft)
    before = content_of(joint_draft)
    drafting.edit_section(proposal=joint_draft, kind="who_does_what", text="TL coaches.", by=lead_head)
    now = substance_of(content_of(joint_draft))
    assert now != without
    assert [d.what for d in differences(before, content_of(joint_draft))] == ["Who does what"]
    with django_assert_num_queries(4):
        assert [substance_now(p) for p in with_substance_rows(Proposal.objects.all())] == [now]
    assert (substance_now(joint_draft), substance_of(substance_part(content_of(joint_draft)))) == (now, now)


def test_the_fingerprint_of_a_plan_without_roles_stays(joint_draft):
    """Sign-ons are kept for years: what they were given for keeps its fingerprint."""
    kept = "aafd51ae85fe50b1ee3ddb6259791bb06684031402c6cb30babbcab77d53515a"
    assert substance_now(joint_draft) == kept


def content_of_now(proposal):
    return {
        "sponsors": [
            {"unit": "TL", "lead": True, "accepted": True, "contribution": "Two coaches."},
            {"unit": "SSS", "lead": False, "accepted": True, "contribution": "A counselor."},
        ],
        "cost_lines": [
            {"number": 1, "description": "Coaches", "unit": "TL", "fund": "GF", "function": "2210",
             "object": "110", "benefits_object": "210", "position": "COACH", "fte": "2",
             "recurring": True, "cents": [21_290_800, 21_997_900, 22_730_400],
             "required_anyway": False, "note": ""},
        ],
        "asks": [
            {"code": "A-01", "unit": "TRN", "sent": True, "what": "A later bus for two schools",
             "effort": "40 hours a year", "effort_hours": 40, "effort_per": "year",
             "posts_to_fill": None, "amount_cents": None, "needed_by": "2026-08-01", "if_declined": ""},
        ],
        "sections": {"working_together": "TL coaches, SSS follows up with families, both meet every "
                     "second Friday."},
    }  # fmt: skip


def test_sums(joint_draft):
    content = content_of(joint_draft)
    assert sum_of(content).cents == [21_290_800, 21_997_900, 22_730_400]
    assert [(s.code, s.name, s.total) for s in sums_by(content, "fund")] == [
        ("GF", "General Fund", 66_019_100)
    ]
    assert fte_of(content) == 2
    assert sum_of({"cost_lines": []}).cents == [0, 0, 0]
    demands = [["BMS", "2026-09-01", "meeting", "1", 5], ["EHS", "2026-09-01", "meeting", "1", 7]]
    assert hours_by_month({"demands": demands}) == [(date(2026, 9, 1), 12, 2)]


def test_differences_say_exactly_what_changed(joint_draft, lead_head, partner_head):
    before = content_of(joint_draft)
    assert differences(before, before) == []
    line = joint_draft.cost_lines.get()
    costs.remove_cost_line(line=line, by=lead_head)
    ask = asks.edit_ask(ask=joint_draft.asks.get(), values={"effort_hours": 60}, by=lead_head)
    asks.send_ask(ask=ask, by=lead_head)
    drafting.edit_section(proposal=joint_draft, kind="working_together", text="New.", by=lead_head)
    drafting.edit_section(proposal=joint_draft, kind="need", text="Not substance.", by=lead_head)
    row = joint_draft.sponsorships.get(unit__code="SSS")
    sponsors.edit_contribution(sponsorship=row, contribution="Two.", by=partner_head)
    found = {d.what: (d.before, d.after) for d in differences(before, content_of(joint_draft))}
    plan = before["sections"]["working_together"]
    assert found == {
        "What Student support brings": ("A counselor.", "Two."),
        "Cost line 1": ("Coaches: $212,908, $219,979, $227,304", ""),
        "Ask A-01, Transportation: hours": ("40", "60"),
        "Working-together plan": (plan, "New."),
    }


def test_differences_of_sponsors(joint_draft, lead_head, partner_head):
    before = content_of(joint_draft)
    row = joint_draft.sponsorships.get(unit__code="SSS")
    sponsors.change_lead(sponsorship=row, by=lead_head)
    sponsors.leave(sponsorship=joint_draft.sponsorships.get(unit__code="TL"), by=lead_head)
    found = {d.what: (d.before, d.after) for d in differences(before, content_of(joint_draft))}
    assert found == {
        "Role of Student support": ("co-sponsor", "lead"),
        "Sponsor Teaching and learning": ("Two coaches.", "not a sponsor"),
    }


def test_the_parts_that_changed_are_named(joint_draft):
    old = content_of(joint_draft)
    assert changed_parts(old, old) == []
    asks = [{**old["asks"][0], "effort_hours": 99}]
    new = {**old, "title": "Other", "sections": {**old["sections"], "need": "New."}, "asks": asks}
    assert changed_parts(old, new) == ["Title", Section.Kind.NEED.label, "Asks: A-01"]


def test_files_that_came_or_went_are_named(joint_draft):
    old = content_of(joint_draft)
    before_files = {key: value for key, value in old.items() if key != "attachments"}
    new = {**old, "attachments": [{"id": 1, "name": "plan.pdf", "size": 9, "sha256": "a"}]}
    assert changed_parts(before_files, old) == []
    assert changed_parts(before_files, new) == changed_parts(new, old) == ["Attachments"]


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (("", 20, "a year", None), "20 hours a year"),
        (("20 hours", 20, "a year", "1.50"), "20 hours a year, 1.5 posts to fill"),
        (("one policy", None, "", Decimal("1.00")), "one policy, 1 post to fill"),
        (("", None, "", None), ""),
    ],
)
def test_effort_in_words(terms, words):
    assert effort_words(*terms) == words


def test_a_table_in_a_text_stands_in_a_frame_that_scrolls():
    html = "<p>So:</p><table><tbody><tr><td><p>Brook</p></td></tr></tbody></table>"
    shown = said({"sections": {"need": "So:"}, "html": {"need": html}}, "need")
    assert (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Table in Problem and need">'
        in shown
    )
    assert shown.endswith("</td></tr></tbody></table></div>")


def test_plain_text_is_shown_as_paragraphs_and_escaped_once():
    shown = said({"sections": {"need": "One < two"}}, "need")
    assert conditional_escape(shown) == "<p>One &lt; two</p>"
