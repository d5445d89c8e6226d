"""Two people at the same moment: real threads on PostgreSQL."""

import threading

import pytest
from django.db import connections

from activity.refused import Refused
from proposals.actions import drafting, submission
from proposals.actions.meanwhile import digest_of
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
