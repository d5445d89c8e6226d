"""Two people at the same moment: real threads on PostgreSQL."""

import threading

import pytest
from django.db import connections

from activity.refused import Refused
from proposals.actions import costs, drafting, submission
from proposals.actions.meanwhile import digest_of
from proposals.arithmetic import comparable
from proposals.models import Proposal

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts) -> list:
    """Run the acts in threads that start together; what each returned or was refused with."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(n, act):
        try:
            gate.wait(timeout=10)
            results[n] = act()
        except Refused as refused:
            results[n] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def test_two_savers_of_one_section(draft, lead_head, lead_deputy):
    def save(person, text):
        return lambda: drafting.edit_section(
            proposal=draft, kind="need", text=text, began=digest_of(""), by=person
        )

    results = at_once(save(lead_head, "His."), save(lead_deputy, "Hers."))
    assert sum(isinstance(result, Refused) for result in results) == 1
    refused = next(result for result in results if isinstance(result, Refused))
    assert refused.theirs == {"need": draft.sections.get(kind="need").text}


def test_two_savers_of_different_fields(draft, lead_head, lead_deputy):
    began = {"title": "Reading coaches", "reach": ""}
    results = at_once(
        lambda: drafting.edit_details(
            proposal=draft, values={"title": "His", "reach": ""}, began=began, by=lead_head
        ),
        lambda: drafting.edit_details(
            proposal=draft, values={"title": "Reading coaches", "reach": "2"}, began=began, by=lead_deputy
        ),
    )
    assert not any(isinstance(result, Refused) for result in results)
    draft.refresh_from_db()
    assert (draft.title, draft.reach) == ("His", "2")


@pytest.fixture
def lines(draft, units, funds, accounts, lead_head):
    """Two lines of a draft, and what a form of the first began with."""
    values = {
        "description": "Books", "unit": units["TL"], "fund": funds["GF"], "function": accounts["1000"],
        "object": accounts["610"], "is_recurring": True, "year1_cents": 100, "year2_cents": 100,
        "year3_cents": 100, "required_anyway": False, "note": "",
    }  # fmt: skip
    for _ in range(2):
        costs.add_cost_line(proposal=draft, values=values, by=lead_head)
    return values, {name: comparable(value) for name, value in values.items()}


def test_different_lines_at_once(draft, lines, lead_head, lead_deputy, lead_contributor):
    values, began = lines
    first, second = draft.cost_lines.order_by("number")
    saves = [(first, {"note": "Hers"}, lead_head), (second, {"year1_cents": 7}, lead_deputy),
             (first, {"description": "Novels"}, lead_contributor)]  # fmt: skip
    acts = [
        lambda line=line, new=new, by=by: costs.change_cost_line(
            line=line, values={**values, **new}, began=began, by=by
        )
        for line, new, by in saves
    ]
    acts += [lambda by=by: costs.add_cost_line(proposal=draft, values=values, by=by) for *_, by in saves[:2]]
    results = at_once(*acts)
    assert not any(result is None or isinstance(result, Refused) for result in results)
    shown = ("number", "description", "note", "year1_cents")
    assert list(draft.cost_lines.order_by("number").values_list(*shown)) == [
        (1, "Novels", "Hers", 100), (2, "Books", "", 7), (3, "Books", "", 100), (4, "Books", "", 100),
    ]  # fmt: skip


def test_two_savers_of_one_field_of_a_line(draft, lines, lead_head, lead_deputy):
    values, began = lines
    line = draft.cost_lines.get(number=1)
    results = at_once(
        *(
            lambda note=note, by=by: costs.change_cost_line(
                line=line, values={**values, "note": note}, began=began, by=by
            )
            for note, by in (("His", lead_head), ("Hers", lead_deputy))
        )
    )
    (refused,) = [result for result in results if isinstance(result, Refused)]
    line.refresh_from_db()
    assert refused.theirs == {"note": line.note} and line.note in ("His", "Hers")


def test_deleting_a_line_against_an_edit_of_it(draft, lines, lead_head, lead_deputy):
    """Whoever comes second is told: no edit that was acknowledged goes with the line unseen."""
    values, began = lines
    line = draft.cost_lines.get(number=1)
    removed, changed = at_once(
        lambda: costs.remove_cost_line(line=line, began=began, by=lead_head),
        lambda: costs.change_cost_line(
            line=line, values={**values, "note": "Hers"}, began=began, by=lead_deputy
        ),
    )
    left = draft.cost_lines.filter(number=1).values_list("note", flat=True)
    if isinstance(changed, Refused):
        assert "removed this line" in str(changed) and not left
    else:
        assert "changed line 1" in str(removed) and list(left) == ["Hers"]


def test_two_starts_get_two_numbers(draft, units, lead_head, lead_deputy):
    def start(person):
        return lambda: drafting.start_proposal(season=draft.season, unit=units["TL"], title="Next", by=person)

    at_once(start(lead_head), start(lead_deputy))
    assert sorted(Proposal.objects.values_list("code", flat=True)) == ["P-01", "P-02", "P-03"]


def test_two_submits_make_one(joint_draft, people):
    for code, by in (("TL", people.lead_head), ("SSS", people.partner_head)):
        row = joint_draft.sponsorships.get(unit__code=code)
        submission.sign_on(sponsorship=row, contribution=row.contribution, by=by)
    results = at_once(
        lambda: submission.submit(proposal=joint_draft, by=people.lead_head),
        lambda: submission.submit(proposal=joint_draft, by=people.lead_deputy),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    assert joint_draft.versions.filter(kind="submission").count() == 1
