"""Who works on the same: the rule as a truth table, and what of it anybody may see."""

from datetime import date

import pytest

from proposals.actions import drafting, intents, schools
from proposals.arithmetic.overlap import INTENT, PROPOSAL, Work, grades_in, grades_named, overlaps, spans_of
from proposals.models import Proposal
from proposals.overlaps import hidden_hints, hints_for_intent, hints_for_proposal

F = frozenset
LONG = "One coach in each school, every week, with lessons watched and talked about on the same day."


def work(kind=PROPOSAL, key=2, **parts):
    return Work(key=(kind, key), is_early=kind == INTENT, **parts)


@pytest.mark.parametrize(
    ("mine", "other", "shared"),
    [
        ({"goals": F({1}), "causes": F({5})}, {"goals": F({1}), "causes": F({5})}, {"causes", "goals"}),
        ({"goals": F({1}), "causes": F({5})}, {"goals": F({1}), "causes": F({6})}, set()),
        ({"goals": F({1}), "causes": F({5})}, {"goals": F({2}), "causes": F({5})}, set()),
        ({"goals": F({1})}, {"goals": F({1})}, set()),
        ({"problems": F({3})}, {"problems": F({3})}, set()),
        ({"demands": F({(7, "2026-09-01")})}, {"demands": F({(7, "2026-09-01")})}, {"demands"}),
        ({"demands": F({(7, "2026-09-01")})}, {"demands": F({(7, "2026-10-01")})}, set()),
        ({"demands": F({(7, "2026-09-01")})}, {"demands": F({(8, "2026-09-01")})}, set()),
        ({"asks": ((9, "a later bus"),)}, {"asks": ((9, "a later bus, too"),)}, {"asked_units"}),
        ({"asks": ((9, "a later bus"),)}, {"asks": ((8, "a later bus"),)}, set()),
        ({"asks": ((9, "a later bus"),)}, {"asks": ((9, "two nurses on fridays"),)}, set()),
        ({"title": "reading coaches"}, {"title": "coaches for reading"}, {"likeness"}),
        ({"title": "reading coaches"}, {"title": "new roofs"}, set()),
        ({"text": LONG}, {"text": LONG.replace("lessons", "classes")}, {"likeness"}),
        ({"text": "same"}, {"text": "same"}, set()),
    ],
)
def test_two_proposals(mine, other, shared):
    assert _shared(work(key=1, **mine), work(**other)) == shared
    assert _shared(work(key=1, **other), work(**mine)) == shared


@pytest.mark.parametrize(
    ("mine", "other", "shared"),
    [
        ({"goals": F({1})}, {"goals": F({1})}, {"goals"}),
        ({"problems": F({3})}, {"problems": F({3})}, {"problems"}),
        ({"goals": F({1})}, {"goals": F({2})}, set()),
    ],
)
@pytest.mark.parametrize("kind", [INTENT, PROPOSAL])
def test_an_intent_names_no_causes(kind, mine, other, shared):
    assert _shared(work(INTENT, 1, **mine), work(kind, **other)) == shared


@pytest.mark.parametrize(
    ("words", "grades"),
    [
        ("", set()), ("K-2", {0, 1, 2}), ("PK–K, 5", {-1, 0, 5}), ("6 to 8 and 12", {6, 7, 8, 12}),
        ("pre-k to 1", {-1, 0, 1}), ("9-6", set()), ("2026-27", set()), ("all", set()), ("100", set()),
    ],
)  # fmt: skip
def test_grades_are_read_as_people_write_them(words, grades):
    assert grades_in(words) == grades


def test_grades_are_no_reason_but_belong_to_one():
    same = {"goals": F({1}), "causes": F({5})}
    (found,) = overlaps(work(key=1, grades=F({0, 1, 2, 5}), **same), [work(grades=F({1, 2, 5, 6}), **same)])
    assert grades_named(found.grades) == ["1 to 2", "5"]
    assert overlaps(work(key=1, grades=F({1})), [work(grades=F({1}))]) == []


def _shared(mine, other) -> set[str]:
    names = ("goals", "causes", "problems", "demands", "asked_units", "likeness")
    return {name for overlap in overlaps(mine, [other]) for name in names if getattr(overlap, name)}


def test_the_strongest_comes_first():
    mine = work(key=1, title="reading coaches", goals=F({1}), causes=F({5}))
    wording = work(key=2, title="reading coaches")
    both = work(key=3, title="reading coaches", goals=F({1}), causes=F({5}))
    assert [o.key[1] for o in overlaps(mine, [wording, both])] == [3, 2]


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], []),
        (["2026-08"], ["Aug 2026"]),
        (["2026-12", "2026-11", "2027-01"], ["Nov 2026 to Jan 2027"]),
        (["2026-08", "2026-10", "2026-11"], ["Aug 2026", "Oct 2026 to Nov 2026"]),
    ],
)
def test_months_that_follow_each_other_are_one_span(months, said):
    assert spans_of(date.fromisoformat(f"{month}-01") for month in months) == said


@pytest.fixture
def secret(draft, units, people, goal):
    """A draft of SSS for the same goal by the same cause, with telling words."""
    cause = goal.causes.get()
    drafting.edit_details(proposal=draft, values={"causes": [cause]}, by=people.lead_head)
    by = people.partner_head
    other = drafting.start_proposal(season=draft.season, unit=units["SSS"], title="Reading coaches", by=by)
    drafting.edit_details(proposal=other, values={"goals": [goal], "causes": [cause]}, by=by)
    return Proposal.objects.get(pk=other.pk)


def test_a_draft_of_others_shows_its_unit_and_goal_alone_to_both_leads(draft, secret, people):
    draft = Proposal.objects.get(pk=draft.pk)
    for user, proposal, unit in (
        (people.lead_deputy, draft, "Student support"),
        (people.partner_head, secret, "Teaching and learning"),
    ):
        assert hints_for_proposal(user, proposal) == []
        (hint,) = hidden_hints(user, proposal)
        assert (hint.unit, hint.goals) == (unit, ("G1 More students read at grade level",))
    assert hidden_hints(people.lead_contributor, draft) == []


def test_wording_alone_tells_nothing_of_a_draft(draft, secret, people):
    draft.causes.clear()
    assert hidden_hints(people.lead_head, Proposal.objects.get(pk=draft.pk)) == []


def test_the_page_of_the_lead_does_not_name_it(draft, secret, people, signed_in):
    drafting.edit_details(proposal=secret, values={"title": "Whispering otters"}, by=people.partner_head)
    page = signed_in(people.lead_head).get(f"/proposals/{draft.pk}/links/").text
    assert "A draft of Student support" in page and "otters" not in page and secret.code not in page
    merge = signed_in(people.lead_head).get(f"/proposals/{draft.pk}/merge/{secret.pk}/")
    assert merge.status_code == 200 and "otters" not in merge.text and secret.code not in merge.text
    secret.causes.clear()
    assert signed_in(people.lead_head).get(f"/proposals/{draft.pk}/merge/{secret.pk}/").status_code == 404
    assert signed_in(people.lead_head).get(f"/proposals/{draft.pk}/talk/{secret.lead.pk}/").status_code == 404


def test_what_is_circulated_is_named_with_its_reasons(submitted, people, units, goal):
    cause, by = goal.causes.get(), people.hr_head
    submitted.causes.add(cause)
    mine = drafting.start_proposal(season=submitted.season, unit=units["HRT"], title="Readers", by=by)
    drafting.edit_details(proposal=mine, values={"goals": [goal], "causes": [cause], "grades": "K-3"}, by=by)
    Proposal.objects.filter(pk=submitted.pk).update(grades="2 to 5")
    schools.set_demands(
        proposal=mine, schools=[units["BMS"]], months=[mine.created_at.date()], activity="meeting", hours=2,
        by=by,
    )  # fmt: skip
    submitted.demands.create(
        school=units["BMS"], month=mine.created_at.date().replace(day=1), activity="event", hours=1
    )
    (hint,) = hints_for_proposal(by, Proposal.objects.get(pk=mine.pk))
    assert (hint.code, hint.units) == ("P-01", ("Teaching and learning", "Student support"))
    assert hint.reasons == (
        "Same goal and same cause: G1 More students read at grade level; C1 Little coaching; "
        "both for grades 2 to 3.",
        "Hours of the same school in Nov 2025.",
    )
    assert hints_for_proposal(by, mine, known=[submitted.pk]) == []


def test_in_revision_others_are_compared_with_what_was_circulated(in_revision, people, units, goal, at_stage):
    by = people.lead_head
    drafting.edit_details(proposal=in_revision, values={"title": "Secret otters", "goals": []}, by=by)
    at_stage("drafting")  # while intents can be posted
    intent = intents.post_intent(
        season=goal.season,
        unit=units["HRT"],
        title="Otters, secret",
        idea="X.",
        goals=[goal],
        by=people.hr_head,
    )
    (hint,) = hints_for_intent(people.hr_head, intent)
    assert (hint.title, hint.reasons) == (
        "Reading coaches",
        ("Same goal: G1 More students read at grade level.",),
    )


def test_an_intent_meets_intents_and_its_own_proposal_is_no_hint(at_stage, goal, units, people):
    season = at_stage("drafting")
    post = {"season": season, "idea": "Coaches.", "problem": goal.problem}
    first = intents.post_intent(unit=units["TL"], title="Coaching", by=people.lead_head, **post)
    intents.post_intent(unit=units["HRT"], title="Other thing", by=people.hr_head, **post)
    drafting.start_proposal(
        season=season, unit=units["TL"], title="Coaching", intent=first, by=people.lead_head
    )
    (hint,) = hints_for_intent(people.lead_head, first)
    assert (hint.title, hint.reasons) == ("Other thing", ("Same problem: Reading stalls in grade 6.",))


def test_hints_ask_the_same_for_any_number(
    draft, secret, submitted_copies, people, django_assert_num_queries
):
    proposal = Proposal.objects.get(pk=draft.pk)
    for count in (1, 4):
        submitted_copies(count)
        people.partner_head.forget_posts()
        assert people.lead_head.posts_now
        with django_assert_num_queries(9):
            hints_for_proposal(people.lead_head, proposal)


@pytest.fixture
def submitted_copies(secret, goal):
    def make(count):
        for _ in range(count):
            n = Proposal.objects.count() + 10
            row = Proposal.objects.create(
                season=secret.season, code=f"P-{n}", title="Reading coaches", status="submitted",
                created_at=secret.created_at, submitted_at=secret.created_at,
                submitted_by=secret.created_by,
            )  # fmt: skip
            row.goals.add(goal)
            row.causes.add(goal.causes.get())

    return make


def test_nobody_is_sent_to_talk_with_their_own_unit(draft, goal, units, lead_head, partner_head, signed_in):
    drafting.edit_details(proposal=draft, values={"goals": [goal]}, by=lead_head)
    path = f"/proposals/{draft.pk}/links/"
    for code, by, acts in (("TL", lead_head, 1), ("SSS", partner_head, 4)):
        idea = {"title": f"Of {code}", "idea": "Soon.", "goals": [goal]}
        mine = intents.post_intent(season=draft.season, unit=units[code], by=by, **idea)
        page = signed_in(lead_head).get(path).text
        links = [
            f"/proposals/{draft.pk}/take-in/{mine.pk}/",
            f"/intents/{mine.pk}/join/",
            f"/intents/{mine.pk}/talk/",
        ]
        assert sum(link in page for link in links) + (code == "SSS" and "#invite" in page) == acts
        intents.close_intent(intent=mine, why="Done.", by=by)
