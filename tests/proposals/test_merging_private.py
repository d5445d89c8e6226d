"""Whose draft is read where two might become one: who answers reads both, nobody else reads the other."""

import pytest
from django.urls import reverse

from activity.models import Entry
from activity.refused import Refused
from desk import inbox
from proposals.actions import drafting, merging, sponsors
from proposals.models import Merger, Proposal

pytestmark = pytest.mark.django_db

OURS, THEIRS = "Coaches in two schools", "Wombats hired"  # words of the two summaries


@pytest.fixture
def other(joint_draft, units, people, goal):
    """P-02 of HRT, private, for the same goal by the same cause as P-01."""
    season, by = joint_draft.season, people.hr_head
    draft = drafting.start_proposal(season=season, unit=units["HRT"], title="Wombats", by=by)
    for proposal, person in ((joint_draft, people.lead_head), (draft, by)):
        same = {"goals": [goal], "causes": [goal.causes.get()]}
        drafting.edit_details(proposal=proposal, values=same, by=person)
    drafting.edit_sections(proposal=draft, texts={"summary": THEIRS}, by=by)
    return Proposal.objects.get(pk=draft.pk)


@pytest.fixture(params=["mine", "theirs"])
def proposed(request, joint_draft, other, people, signed_in) -> Merger:
    """Proposed by TL on the pages: P-02 comes into P-01, or the other way round."""
    path = reverse("merge_propose", args=[joint_draft.pk, other.pk])
    data = {"keep": request.param, "reason": "The same.", "once": "a"}
    assert signed_in(people.lead_head).post(path, data).status_code == 302
    return Merger.objects.get()


def page_of(merger, client) -> str:
    answer = client.get(reverse("merger", args=[merger.pk]))
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("who", ["lead_head", "lead_contributor", "partner_head"])
def test_who_proposed_reads_the_unit_alone(proposed, joint_draft, people, signed_in, who):
    client = signed_in(getattr(people, who))
    merger = page_of(proposed, client)
    assert OURS in merger and "draft of Human resources" in merger and "Human resources decides" in merger
    near = client.get(reverse("proposal_links", args=[joint_draft.pk])).text
    assert "draft of Human resources" in near
    others = [client.get(path).text for path in ("/", joint_draft.get_absolute_url())]
    assert all("Wombat" not in page and "P-02" not in page for page in (merger, near, *others))
    assert "draft of Human resources" in Entry.objects.get(verb="propose merger").sentence


def test_who_answers_reads_both_until_it_is_answered(proposed, people, signed_in):
    head = signed_in(people.hr_head)
    page = page_of(proposed, head)
    assert OURS in page and THEIRS in page and "Reading coaches" in page
    assert any("Reading coaches" in row.sentence for row in inbox.awaited([people.hr_head]))
    merging.end_merger(merger=proposed, by=people.hr_head)
    page = page_of(proposed, head)
    assert "draft of Teaching and learning" in page and "P-02 Wombats" in page
    assert "Reading coaches" not in page and OURS not in page
    assert "draft of Human resources" in Entry.objects.get(verb="end merger").sentence


def test_declined_it_tells_no_later_title(proposed, other, people, signed_in):
    merging.end_merger(merger=proposed, by=people.hr_head)
    drafting.edit_details(proposal=other, values={"title": "Wombats later"}, by=people.hr_head)
    assert "Wombat" not in page_of(proposed, signed_in(people.lead_head))


@pytest.mark.parametrize("who", ["stranger", "asked_head", "superintendent", "steward"])
def test_nobody_else_opens_it(proposed, people, signed_in, who):
    path = reverse("merger", args=[proposed.pk])
    assert signed_in(getattr(people, who)).get(path).status_code == 404


def test_who_left_reads_and_ends_nothing_of_what_they_proposed(joint_draft, other, people, signed_in):
    merger = merging.propose_merger(
        kept=joint_draft, merged=other, mine=joint_draft, reason="x", by=people.partner_head
    )
    sponsors.leave(sponsorship=joint_draft.sponsorships.get(unit__code="SSS"), by=people.partner_head)
    assert signed_in(people.partner_head).get(reverse("merger", args=[merger.pk])).status_code == 404
    with pytest.raises(Refused, match="Only the two sides"):
        merging.end_merger(merger=merger, by=people.partner_head)


@pytest.fixture
def handed_on(proposed, other, units, people) -> Merger:
    """HRT, which is asked, has handed its draft on to FIN and left it."""
    row = sponsors.invite_sponsor(proposal=other, unit=units["FIN"], by=people.hr_head)
    sponsors.accept_invitation(sponsorship=row, contribution="x", by=people.cfo)
    sponsors.change_lead(sponsorship=row, by=people.hr_head)
    sponsors.leave(sponsorship=other.sponsorships.get(unit=units["HRT"]), by=people.hr_head)
    return proposed


def test_a_unit_that_leads_neither_any_more_is_not_asked_and_reads_neither(handed_on, people, signed_in):
    assert signed_in(people.hr_head).get(reverse("merger", args=[handed_on.pk])).status_code == 404
    assert not any("becomes a part" in row.sentence for row in inbox.awaited([people.hr_head]))
    with pytest.raises(Refused, match="Human resources does not lead either draft any more"):
        merging.accept_merger(merger=handed_on, by=people.hr_head)


def test_it_is_taken_back_then_and_proposed_anew(handed_on, people):
    merging.end_merger(merger=handed_on, by=people.lead_head)
    mine = Proposal.objects.get(code="P-01")
    anew = merging.propose_merger(
        kept=handed_on.kept, merged=handed_on.merged, mine=mine, reason="x", by=people.lead_head
    )
    assert anew.to_unit.code == "FIN"


def test_what_is_no_draft_any_more_tells_nothing_live(proposed, joint_draft, people, signed_in):
    Proposal.objects.filter(pk=joint_draft.pk).update(status="withdrawn")
    page = page_of(proposed, signed_in(people.hr_head))
    assert "no draft any more" in page and "Merge them" not in page and OURS not in page


def test_who_left_after_a_merger_reads_no_title_of_what_went_on(joint_draft, other, people, signed_in):
    merger = merging.propose_merger(
        kept=joint_draft, merged=other, mine=joint_draft, reason="x", by=people.lead_head
    )
    merging.accept_merger(merger=merger, by=people.hr_head)
    client = signed_in(people.hr_head)
    assert "P-01 Reading coaches" in client.get(other.get_absolute_url()).text
    sponsors.leave(sponsorship=joint_draft.sponsorships.get(unit__code="HRT"), by=people.hr_head)
    page = client.get(other.get_absolute_url()).text
    assert "a draft of Teaching and learning" in page and "Reading coaches" not in page
    assert joint_draft.get_absolute_url() not in page
