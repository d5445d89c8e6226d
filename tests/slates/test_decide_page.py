"""The page of decisions offers what the slate says, and saves before it goes on."""

import pytest

from slates.actions import items
from slates.forms import DecisionForm
from slates.models import Decision
from slates.ranking import ranked
from slates.sheet import Sheet

pytestmark = pytest.mark.django_db


def form_on(slate, proposal, data=None) -> DecisionForm:
    sheet = Sheet(slate)
    return DecisionForm(data, prefix="p", proposal=sheet.by_pk[proposal.pk], sheet=sheet)


@pytest.mark.parametrize(("part", "offered"), [(None, "funded"), (1, "funded_in_part")])
def test_what_is_on_the_slate_is_offered_as_funded(slate, vetted, cfo, part, offered):
    assert form_on(slate, vetted)["outcome"].value() == ""
    item = items.add_item(slate=slate, proposal=vetted, by=cfo)
    if part:
        items.keep_part(item=item, part=1, whole=2, basis="1 of 2", by=cfo)
    form = form_on(slate, vetted, {"p-outcome": offered, "p-reason": ""})
    assert form.is_valid() and form.is_empty
    assert form_on(slate, vetted)["outcome"].value() == offered


def test_other_outcomes_need_a_reason_still(slate, vetted, cfo):
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    assert not form_on(slate, vetted, {"p-outcome": "funded_with_conditions", "p-reason": ""}).is_valid()


def test_what_was_typed_is_saved_before_the_same_reason_for_the_rest(slate, vetted, cfo, signed_in):
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    prefix = f"p{vetted.pk}"
    typed = {f"{prefix}-outcome": "funded", f"{prefix}-reason": "Typed.", "then": "rest"}
    answer = signed_in(cfo).post(f"/slates/{slate.pk}/decisions/", typed)
    assert answer.headers["Location"] == f"/slates/{slate.pk}/decisions/rest/"
    assert Decision.objects.get(slate=slate).reason == "Typed."


def test_a_row_says_why_it_does_not_fit(slate, vetted, funds, cfo, signed_in):
    assert [row.short for row in ranked(Sheet(slate), with_fit=True)] == [""]
    funds["GF"].envelopes.filter(year="FY27").update(available_cents=0)
    assert "GF in FY27 is short by $" in signed_in(cfo).get(f"/slates/{slate.pk}/").content.decode()
