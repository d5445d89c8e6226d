"""Nobody decides on the own unit: which proposals stand too near to CFO and superintendent."""

import pytest

from activity.refused import Refused
from people.models import Post, Unit
from slates import rules
from slates.actions import decisions, items, keys
from slates.actions.decisions import Choice
from slates.models import Decision

pytestmark = pytest.mark.django_db

Role = Post.Role


def by_post(person, unit):
    Post.objects.create(person=person, unit=unit, role=Role.CONTRIBUTOR)


def by_home(person, unit):
    type(person).objects.filter(pk=person.pk).update(unit=unit)


def by_cabinet(person, unit):
    Unit.objects.filter(pk=unit.pk).update(cabinet_member=person)


@pytest.mark.parametrize(
    ("role", "near", "is_own"),
    [
        (Role.CFO, by_post, True),
        (Role.CFO, by_home, True),
        (Role.CFO, by_cabinet, True),
        (Role.SUPERINTENDENT, by_post, True),
        (Role.SUPERINTENDENT, by_home, False),
        (Role.SUPERINTENDENT, by_cabinet, False),
    ],
)
def test_what_is_of_the_own_unit(decided, units, cfo, superintendent, role, near, is_own):
    person = cfo if role == Role.CFO else superintendent
    assert rules.own_unit_codes(decided.slate)[role] == []
    near(person, units["TL"])
    assert rules.own_unit_codes(decided.slate)[role] == (["P-01"] if is_own else [])


def test_what_is_decided_off_the_slate_counts_too(decided, units, cfo):
    by_cabinet(cfo, units["SSS"])  # P-02 is deferred, P-01 has SSS as second sponsor
    assert rules.own_unit_codes(decided.slate)[Role.CFO] == ["P-01", "P-02"]


def decide(slate, proposal, by, reason="Other words."):
    return decisions.decide(slate=slate, choices=[Choice(proposal.pk, "deferred", reason)], by=by)


def test_the_cfo_does_not_write_the_decision_on_the_own_unit(slate, make_vetted, units, cfo, superintendent):
    own = make_vetted("P-02", lead="FIN")
    with pytest.raises(Refused, match="P-02 is of your own unit: the superintendent writes the decision"):
        decide(slate, own, cfo)
    assert decide(slate, own, superintendent) == 1
    assert decide(slate, own, cfo) == 0  # the page sends what stands
    with pytest.raises(Refused, match="own unit"):
        decide(slate, own, cfo, "Mine.")


def test_nor_the_superintendent(slate, make_vetted, cfo, superintendent):
    own = make_vetted("P-02", lead="SUP")
    with pytest.raises(Refused, match="the CFO writes the decision"):
        decide(slate, own, superintendent)
    assert decide(slate, own, cfo) == 1


def test_where_both_stand_too_near_the_superintendent_writes(slate, make_vetted, units, cfo, superintendent):
    own = make_vetted("P-02", lead="SUP")
    by_cabinet(cfo, units["SUP"])
    with pytest.raises(Refused, match="own unit"):
        decide(slate, own, cfo)
    assert decide(slate, own, superintendent) == 1


def test_one_reason_for_the_rest_leaves_the_own_unit_out(slate, vetted, make_vetted, cfo):
    make_vetted("P-02", lead="FIN")
    assert decisions.decide_rest(slate=slate, outcome="deferred", reason="Not now.", by=cfo) == 1
    assert Decision.objects.get().version.proposal == vetted


def test_the_superintendent_concurs_first_where_the_cfo_stands_too_near(decided, units, cfo, superintendent):
    slate = keys.freeze(slate=decided.slate, by=cfo)
    by_cabinet(cfo, units["TL"])
    with pytest.raises(Refused, match="P-01 is of your own unit: the superintendent must concur first"):
        keys.approve(slate=slate, fingerprint=slate.fingerprint, by=cfo)


def test_a_page_with_own_proposals_is_saved(decided, make_vetted, units, cfo, superintendent, signed_in):
    own = make_vetted("P-03", lead="FIN")
    items.add_item(slate=decided.slate, proposal=own, by=cfo)
    path, key = f"/slates/{decided.slate.pk}/decisions/", f"p{own.pk}"
    typed = {f"{key}-outcome": "funded", f"{key}-reason": "Ours."}
    for proposal, outcome, reason in (
        (decided.funded, "funded", "Strong joint work."),
        (decided.deferred, "not_funded", "Another."),
    ):
        typed |= {f"p{proposal.pk}-outcome": outcome, f"p{proposal.pk}-reason": reason}
    assert "P-03 is of your own unit" in signed_in(cfo).post(path, typed).content.decode()
    assert signed_in(superintendent).post(path, typed).status_code == 302
    typed[f"p{decided.funded.pk}-reason"] = "Better words."
    assert signed_in(cfo).post(path, typed).status_code == 302
