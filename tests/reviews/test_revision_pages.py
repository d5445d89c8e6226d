"""In revision the workspace says why it came back, and resubmits where drafts are submitted."""

from django.urls import reverse

from proposals.actions.drafting import edit_details
from proposals.actions.sponsors import invite_sponsor
from proposals.models import Proposal
from reviews.actions import passing
from reviews.inbox import awaited


def test_the_note_stands_on_top_and_the_submit_page_resubmits(
    submitted, rubric, steward, lead_head, at_stage, signed_in
):
    at_stage("vetting")
    passing.return_for_revision(proposal=submitted, note="Name the buses.", by=steward)
    at_stage("revision")
    client = signed_in(lead_head)
    page = client.get(reverse("proposal_submit", args=[submitted.pk]))
    assert "Name the buses." in page.text and "Resubmit to the reviewers" in page.text
    client.post(reverse("resubmit", args=[submitted.pk]))
    assert Proposal.objects.get().status == "submitted"


def test_a_sent_ask_waits_in_amber(submitted, lead_head, signed_in):
    page = signed_in(lead_head).get(reverse("proposal_asks", args=[submitted.pk]))
    assert "Waiting" in page.text and "40 hours a year" in page.text


def test_the_invited_head_is_addressed(joint_draft, units, hr_head, lead_head, signed_in):
    invite_sponsor(proposal=joint_draft, unit=units["HRT"], by=lead_head)
    page = signed_in(hr_head).get(reverse("proposal_sponsors", args=[joint_draft.pk]))
    assert "Accept or decline the invitation of Human resources" in page.text
    assert "Wait for the answer" not in page.text
    assert "Its head or deputy accepts" not in page.text


def test_everybody_but_the_sponsors_reads_the_submitted_title(
    in_revision, steward, lead_head, asked_head, cfo, at_stage, signed_in
):
    at_stage("revision")
    ask = in_revision.asks.get()
    edit_details(proposal=in_revision, values={"title": "Not yet said"}, by=lead_head)
    addresses = (
        reverse("vetting"), reverse("asks"), reverse("ask", args=[ask.pk]), reverse("vetting_overview"),
        reverse("feedback", args=[in_revision.pk]),
    )  # fmt: skip
    shown = []
    for person in (steward, asked_head, cfo):
        pages = [signed_in(person).get(address).text for address in addresses]
        assert not any("Not yet said" in page for page in pages), person
        shown += [
            address for address, page in zip(addresses, pages, strict=True) if in_revision.title in page
        ]
    assert set(shown) == set(addresses)
    assert "Not yet said" in signed_in(lead_head).get(addresses[-1]).text
    sentences = [row.sentence for row in awaited([asked_head, cfo])]
    assert any(in_revision.title in sentence for sentence in sentences)
    assert not any("Not yet said" in sentence for sentence in sentences)
