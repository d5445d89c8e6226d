"""A new draft out of an own proposal: words, prices of today, asks unsent; in this season or the next."""

from datetime import date

import pytest
from django.urls import reverse

from activity.models import Entry
from activity.refused import Refused
from funds.models import AccountCode, FundSource, PositionPrice
from goals.models import Goal, Season
from proposals.actions.copying import carry_forward
from proposals.actions.links import add_link, settle_link
from proposals.models import LARGEST_UPDATE, Origin, Proposal

from .editors import Editor, paragraph
from .shapes import bullets, fill, item, numbers, p, table
from .shapes import link as linked
from .test_live_shapes import reading, send, text_in


def copied(source, by, units, season=None):
    return carry_forward(
        source=source, season=season or source.season, unit=units["TL"], title="Again", by=by
    ).draft


@pytest.fixture
def next_season(season, funds, accounts, coach, goal):
    """FY28 with dearer coaches, without Title I; goal G1 goes on."""
    later = Season.objects.create(
        name="FY28", fiscal_year_starts=date(2027, 7, 1), fiscal_year_ends=date(2028, 6, 30)
    )
    FundSource.objects.create(
        season="FY28", code="GF", name="General Fund", fund_type="General", rule="Any.",
        rule_owner=funds["GF"].rule_owner,
    )  # fmt: skip
    for code in accounts.values():
        AccountCode.objects.create(season="FY28", kind=code.kind, code=code.code, name=code.name)
    PositionPrice.objects.create(
        season="FY28", code="COACH", name="Instructional coach", salary_cents=8_000_000,
        variable_benefits_cents=0, health_cents=1_000_000, full_cost_cents=9_000_000,
        salary_object=AccountCode.objects.get(season="FY28", code="110"),
    )  # fmt: skip
    Goal.objects.create(
        season=later, code="G1", title="More read", statement="47.2%.", problem=goal.problem,
        owner=goal.owner, by_date=date(2029, 6, 30), published_on=date(2026, 10, 1),
    )  # fmt: skip
    return later


def test_a_copy_has_the_words_and_asks_nothing_yet(joint_draft, lead_contributor, units):
    joint_draft.demands.create(school=units["BMS"], month=date(2026, 9, 1), activity="meeting", hours=3)
    draft = copied(joint_draft, lead_contributor, units)
    texts = [{s.kind: s.text for s in p.sections.all()} for p in (joint_draft, draft)]
    assert texts[0] == texts[1]
    assert draft.cost_lines.get().years == joint_draft.cost_lines.get().years
    ask = draft.asks.get()
    assert (ask.code, ask.current_terms, ask.what) == ("A-02", None, "A later bus for two schools")
    assert [s.unit.code for s in draft.sponsorships.all()] == ["TL"]
    assert draft.demands.get().hours == 3
    assert Origin.objects.get().source == joint_draft
    assert "copied P-01 of FY27 as P-02" in Entry.objects.about(draft).values_list("sentence", flat=True)


@pytest.fixture
def title_i_line(joint_draft):
    """A second line, on money that the next season does not have."""
    line = joint_draft.cost_lines.get()
    line.pk, line.number, line._state.adding = None, 2, True
    line.fund = FundSource.objects.get(season="FY27", code="T1A")
    joint_draft.cost_lines.bulk_create([line])


def test_carried_forward_it_costs_what_it_costs_then(
    joint_draft, title_i_line, next_season, lead_head, units
):
    joint_draft.demands.create(school=units["BMS"], month=date(2026, 9, 1), activity="meeting", hours=3)
    draft = copied(joint_draft, lead_head, units, next_season)
    (kept,) = draft.cost_lines.select_related("fund", "position")
    assert (kept.fund.season, kept.position.season) == ("FY28", "FY28")
    assert kept.year1_cents == 2 * 9_000_000  # FY28 states no rates for benefits
    assert [g.season.name for g in draft.goals.all()] == ["FY28"]
    assert draft.demands.get().month == date(2027, 9, 1)
    assert draft.asks.get().needed_by == date(2027, 8, 1)
    said = Entry.objects.about(draft).get(verb="carry forward").sentence
    assert "left out, since FY28 does not have it: " in said
    assert said.endswith("cost line 2, Coaches, from T1A")


def test_by_hand_it_says_what_stays_behind(joint_draft, title_i_line, next_season, lead_head, signed_in):
    client, url = signed_in(lead_head), reverse("proposal_copy", args=[joint_draft.pk])
    page = client.get(url)
    assert "Carry P-01 forward" in page.text and "Carry it forward" in page.text
    typed = {"unit": joint_draft.lead.pk, "title": "Again", "once": "1"}
    page = client.post(url, typed, follow=True)
    assert "P-01 of FY28 is started from P-01. Its asks are not sent yet." in page.text
    assert "Left out, since FY28 does not have it: cost line 2, Coaches, from T1A." in page.text


def test_a_goal_of_the_same_code_that_says_something_else_is_no_goal_of_it(
    joint_draft, next_season, lead_head, units
):
    Goal.objects.filter(season=next_season).update(title="Attendance of seniors")
    draft = copied(joint_draft, lead_head, units, next_season)
    assert not draft.goals.exists()
    said = Entry.objects.about(draft).get(verb="carry forward").sentence
    assert said.endswith("does not have it: goal “More students read at grade level”")
    Goal.objects.filter(season=next_season).update(title="More students read at grade level.", code="G7")
    assert [goal.code for goal in copied(joint_draft, lead_head, units, next_season).goals.all()] == ["G7"]


def test_only_its_sponsors_use_it_again(submitted, hr_head, units):
    with pytest.raises(Refused, match="Only people of the units that sponsored it"):
        carry_forward(source=submitted, season=submitted.season, unit=units["HRT"], title="X", by=hr_head)
    assert Proposal.objects.count() == 1


def test_a_draft_is_started_for_the_own_units_only(submitted, lead_head, units):
    with pytest.raises(Refused, match="where you are head"):
        carry_forward(source=submitted, season=submitted.season, unit=units["HRT"], title="X", by=lead_head)


@pytest.fixture
def link(draft, units, people):
    """P-01 conflicts with P-02 of SSS, which TL may read as it was circulated."""
    other = Proposal.objects.create(
        season=draft.season, code="P-02", title="Other", status="submitted", created_at=draft.created_at,
        submitted_at=draft.created_at, submitted_by=people.partner_head,
    )  # fmt: skip
    other.sponsorships.create(
        unit=units["SSS"], is_lead=True, accepted_at=draft.created_at, accepted_by=people.partner_head
    )
    return add_link(source=draft, kind="conflicts", target=other, note="Same room.", by=people.lead_head)


def test_either_side_settles_a_relation_once(link, partner_head, hr_head, lead_head):
    with pytest.raises(Refused, match="of either proposal can settle"):
        settle_link(link=link, by=hr_head)
    assert settle_link(link=link, by=partner_head).settled_on is not None
    with pytest.raises(Refused, match="settled already"):
        settle_link(link=link, by=lead_head)


def test_a_relation_is_read_on_both_sides_by_who_may_read_both(link, people, signed_in):
    target, source = link.target.get_absolute_url(), link.source.get_absolute_url()
    page = signed_in(people.lead_head).get(target).text
    assert "Reading coaches" in page and "Same room." in page
    assert "Same room." in signed_in(people.lead_head).get(source).text
    assert "Reading coaches" not in signed_in(people.hr_head).get(target).text


# The text as it was laid out


LAID_OUT = [
    p("Intro."),
    bullets("First matter", item(linked("The plan", "https://a.example/plan"), numbers("x", "y"))),
    table(("Row", "Cell"), ("a", ("one", "two"))),
]


@pytest.fixture
def laid_out(joint_draft, lead_head):
    """P-01 with a section that holds lists, a table and a link; a sentence was written there and removed."""
    editor = Editor("premortem")
    fill(editor.body, LAID_OUT)
    send(editor, joint_draft, lead_head)
    editor.body.children.append(paragraph("Confidential for now."))
    send(editor, joint_draft, lead_head)
    del editor.body.children[3]
    send(editor, joint_draft, lead_head)
    return Proposal.objects.get(pk=joint_draft.pk)


def test_lists_tables_and_links_go_along(laid_out, lead_contributor, units):
    draft = copied(laid_out, lead_contributor, units)
    before, now = (row.sections.get(kind="premortem") for row in (laid_out, draft))
    assert (now.text, now.html) == (before.text, before.html)
    assert 'href="https://a.example/plan"' in now.html and "<table>" in now.html
    assert set(draft.updates.values_list("written_by", flat=True)) == {lead_contributor.pk}
    assert draft.text_number == draft.updates.count()
    assert b"Confidential" not in b"".join(bytes(row.data) for row in draft.updates.all())


def test_who_opens_the_copy_writes_on_in_it(laid_out, lead_contributor, units):
    draft = copied(laid_out, lead_contributor, units)
    hers = reading(draft, lead_contributor, "premortem")
    assert hers.text == laid_out.sections.get(kind="premortem").text
    text_in(hers, 1, 0, 0).insert(0, "Very ")
    assert send(hers, draft, lead_contributor).accepted
    assert "- Very First matter" in draft.sections.get(kind="premortem").text


def test_a_text_larger_than_one_update_is_copied_whole(laid_out, lead_head, lead_contributor, units):
    editor = reading(laid_out, lead_head, "premortem")
    rows = [(f"{n}", *"abcdefg") for n in range(700)]
    for start in range(0, 700, 350):
        fill(editor.body, [table(*rows[start : start + 350])])
        assert send(editor, laid_out, lead_head).accepted
    draft = copied(laid_out, lead_contributor, units)
    before, now = (row.sections.get(kind="premortem") for row in (laid_out, draft))
    assert (now.text, now.html) == (before.text, before.html)
    sizes = [len(row.data) for row in draft.updates.filter(kind="premortem")]
    assert len(sizes) > 1 and max(sizes) <= LARGEST_UPDATE
