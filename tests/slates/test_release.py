"""What comes up between the keys and the release holds up the release."""

import pytest

from activity.models import Entry, Mail
from activity.refused import Refused
from proposals.models import CostLine
from reviews.actions import answers
from slates.actions import decisions, keys
from slates.actions.decisions import Choice
from slates.actions.release import release

pytestmark = pytest.mark.django_db


def declined(proposal, by) -> None:
    ask = proposal.asks.get()
    answers.answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer="declined", reason="We cannot.", by=by
    )


def test_a_decline_after_the_approval(approved, asked_head, cfo, superintendent, signed_in):
    declined(approved.funded, asked_head)
    with pytest.raises(Refused) as refused:
        release(slate=approved.slate, by=cfo)
    assert refused.value.reasons[0].startswith("Transportation declined ask A-01 of P-01.")
    assert refused.value.reasons[-1].startswith("Unfreeze the slate, settle this")
    assert "declined ask A-01" in signed_in(cfo).get(f"/slates/{approved.slate.pk}/release/").content.decode()
    slate = keys.unfreeze(slate=approved.slate, by=cfo)
    choice = Choice(approved.funded.pk, "funded", "Strong.", override_reason="Buses come in January.")
    decisions.decide(slate=slate, choices=[choice], by=cfo)
    slate = keys.freeze(slate=slate, by=cfo)
    keys.concur(slate=slate, fingerprint=slate.fingerprint, by=superintendent)
    keys.approve(slate=slate, fingerprint=slate.fingerprint, by=cfo)
    assert release(slate=slate, by=cfo)
    assert Entry.objects.get(verb="override decline").is_integrity


def test_a_decline_between_the_keys(frozen, asked_head, cfo, superintendent):
    fingerprint = frozen.slate.fingerprint
    keys.concur(slate=frozen.slate, fingerprint=fingerprint, by=superintendent)
    declined(frozen.funded, asked_head)
    with pytest.raises(Refused, match="Transportation declined ask A-01"):
        keys.approve(slate=frozen.slate, fingerprint=fingerprint, by=cfo)


def test_an_envelope_lowered_after_the_approval(approved, funds, cfo):
    funds["GF"].envelopes.filter(year="FY27").update(available_cents=1)
    with pytest.raises(Refused, match="over its envelope in FY27"):
        release(slate=approved.slate, by=cfo)
    approved.slate.refresh_from_db()
    assert approved.slate.status == "approved"


def test_amounts_that_are_not_those_that_were_approved(approved, cfo):
    approved.item.lines.update(year1_cents=1)
    with pytest.raises(Refused, match="not what was approved"):
        release(slate=approved.slate, by=cfo)


def test_queries_of_a_release(approved, cfo, signed_in, django_assert_max_num_queries):
    address, client = f"/slates/{approved.slate.pk}/release/", signed_in(cfo)
    with django_assert_max_num_queries(20):
        assert client.get(address).status_code == 200


def test_a_line_that_stands_on_a_scenario_can_be_removed(decided, steward, lead_head, at_stage):
    from proposals.actions import costs
    from proposals.models import Proposal
    from reviews.actions import passing

    line = decided.funded.cost_lines.get()
    passing.send_back(proposal=decided.funded, reason="r", by=steward)
    passing.return_for_revision(proposal=Proposal.objects.get(pk=decided.funded.pk), note="n", by=steward)
    at_stage("revision")
    costs.remove_cost_line(line=line, by=lead_head)
    assert not decided.item.lines.exists()


@pytest.mark.parametrize("state", ["frozen", "approved"])
def test_a_line_on_a_slate_that_binds_stays(request, decided, state, lead_head, at_stage):
    from proposals.actions import costs

    request.getfixturevalue(state)
    at_stage("revision")
    with pytest.raises(Refused, match="held"):
        costs.remove_cost_line(line=CostLine.objects.get(slate_lines__item=decided.item), by=lead_head)
    assert decided.item.lines.count() == 1


def test_sponsors_read_in_one_mail_what_was_decided(approved, cfo, lead_head, asked_head):
    assert release(slate=approved.slate, by=cfo) and not release(slate=approved.slate, by=cfo)
    mail = Mail.objects.get(person_key=str(lead_head.pk))
    assert mail.kind == "release" and mail.address == lead_head.email
    assert f"P-01 {approved.funded.title} is funded.\nStrong joint work.\n" in mail.text
    assert f"{approved.funded.get_absolute_url()}\n" in mail.text
    assert not Mail.objects.filter(person_key=str(asked_head.pk)).exists()


def test_whoever_turned_a_key_reads_who_is_awaited(frozen, cfo, superintendent, signed_in):
    address = f"/slates/{frozen.slate.pk}/approve/"
    first, second = (superintendent, cfo)
    client = signed_in(first)
    said = {"fingerprint": frozen.slate.fingerprint, "has_read": "on"}
    page = client.post(address, said, follow=True).content.decode()
    assert page.count(f"You concurred; {second.name} is awaited.") == 2
    assert "can be released" in signed_in(second).post(address, said, follow=True).content.decode()
