"""Freezing, the two keys, and the release."""

import pytest

from activity.models import Entry
from activity.refused import Refused
from proposals.actions.baton import pass_on
from proposals.models import Proposal, Sponsorship
from slates import rules
from slates.actions import decisions, items, keys, scenario
from slates.actions.decisions import Choice
from slates.actions.release import release
from slates.models import Approval, Decision
from slates.sheet import Sheet

pytestmark = pytest.mark.django_db


def statuses() -> dict[str, str]:
    return dict(Proposal.objects.values_list("code", "status"))


def test_freeze_holds_all_vetted_proposals(decided, cfo):
    slate = keys.freeze(slate=decided.slate, by=cfo)
    assert slate.status == "frozen"
    assert len(slate.fingerprint) == 64
    assert statuses() == {"P-01": "held", "P-02": "held"}
    held = Entry.objects.filter(verb="hold")
    assert held.count() == 2
    assert not any(entry.is_private or "Base" in entry.sentence for entry in held)
    assert Entry.objects.get(verb="freeze").is_private


def test_freeze_is_refused_while_one_is_under_review(decided, make_vetted, cfo, steward):
    pass_on(proposal=make_vetted("P-03"), act="send back", by=steward, sentence="sent back")
    with pytest.raises(Refused, match="P-03 Title of P-03 is submitted"):
        keys.freeze(slate=decided.slate, by=cfo)
    assert statuses()["P-01"] == "vetted"


def test_freeze_is_refused_while_one_is_undecided(decided, make_vetted, cfo):
    make_vetted("P-03")
    with pytest.raises(Refused, match="No decision with a reason yet: P-03"):
        keys.freeze(slate=decided.slate, by=cfo)


def test_freeze_is_refused_when_a_decision_no_longer_fits(decided, cfo):
    items.remove_item(item=decided.item, by=cfo)
    with pytest.raises(Refused, match="P-01: It is not on this slate"):
        keys.freeze(slate=decided.slate, by=cfo)


def test_freeze_is_refused_over_an_envelope_until_it_is_overridden(decided, funds, cfo):
    envelope = funds["GF"].envelopes.get(year="FY27")
    envelope.available_cents = 21_290_700
    envelope.save()
    with pytest.raises(Refused, match=r"over its envelope in FY27 by \$1: \$212,908 on the slate"):
        keys.freeze(slate=decided.slate, by=cfo)
    decisions.override_finding(
        slate=decided.slate, key="envelope:GF:FY27", reason="The levy closes it.", by=cfo
    )
    assert keys.freeze(slate=decided.slate, by=cfo).status == "frozen"
    entry = Entry.objects.get(verb="override finding")
    assert entry.is_integrity and entry.is_private


def test_only_one_slate_binds(frozen, cfo):
    other = scenario.copy_slate(slate=frozen.slate, name="Other", by=cfo)
    with pytest.raises(Refused, match=r"“Base” is frozen\. Unfreeze it first"):
        keys.freeze(slate=other, by=cfo)


def test_only_deciders_freeze(decided, lead_head):
    with pytest.raises(Refused, match="Only the superintendent and the CFO"):
        keys.freeze(slate=decided.slate, by=lead_head)


def test_unfreeze_takes_the_keys_back(approved, cfo):
    slate = keys.unfreeze(slate=approved.slate, by=cfo)
    assert (slate.status, slate.fingerprint) == ("scenario", "")
    assert statuses() == {"P-01": "vetted", "P-02": "vetted"}
    assert not Approval.objects.exists()


def change_reason(decided, cfo):
    decisions.decide(
        slate=decided.slate, choices=[Choice(decided.funded.pk, "funded", "Better words.")], by=cfo
    )


def change_amount(decided, cfo):
    line = decided.funded.cost_lines.get()
    items.change_item(item=decided.item, keep={line.pk: items.Keep(fte=1, basis="one of two")}, by=cfo)
    choice = Choice(decided.funded.pk, "funded_in_part", "Strong joint work.")
    decisions.decide(slate=decided.slate, choices=[choice], by=cfo)


@pytest.mark.parametrize("change", [change_reason, change_amount])
def test_the_fingerprint_changes_with_any_reason_or_amount(decided, cfo, change):
    before = keys.freeze(slate=decided.slate, by=cfo).fingerprint
    keys.unfreeze(slate=decided.slate, by=cfo)
    same = keys.freeze(slate=decided.slate, by=cfo).fingerprint
    keys.unfreeze(slate=decided.slate, by=cfo)
    change(decided, cfo)
    after = keys.freeze(slate=decided.slate, by=cfo).fingerprint
    assert before == same != after


def test_two_keys_on_the_same_fingerprint_approve(frozen, cfo, superintendent):
    slate, fingerprint = frozen.slate, frozen.slate.fingerprint
    assert keys.approve(slate=slate, fingerprint=fingerprint, by=cfo).status == "frozen"
    assert keys.concur(slate=slate, fingerprint=fingerprint, by=superintendent).status == "approved"


def test_one_key_is_enough_where_the_season_says_so(frozen, season, cfo):
    season.needs_concurrence = False
    season.save()
    assert keys.approve(slate=frozen.slate, fingerprint=frozen.slate.fingerprint, by=cfo).status == "approved"


def test_a_key_on_another_fingerprint_is_refused(frozen, cfo):
    with pytest.raises(Refused, match="changed after you opened it"):
        keys.approve(slate=frozen.slate, fingerprint="0" * 64, by=cfo)


def test_a_key_is_refused_when_content_was_altered_behind_the_freeze(frozen, cfo):
    Decision.objects.filter(slate=frozen.slate).update(reason="Tampered.")
    with pytest.raises(Refused, match="not what was frozen"):
        keys.approve(slate=frozen.slate, fingerprint=frozen.slate.fingerprint, by=cfo)


def test_a_key_turns_once(frozen, cfo):
    keys.approve(slate=frozen.slate, fingerprint=frozen.slate.fingerprint, by=cfo)
    with pytest.raises(Refused, match=r"^You \w+(; .+ is awaited)?\.$"):
        keys.approve(slate=frozen.slate, fingerprint=frozen.slate.fingerprint, by=cfo)


def test_each_key_has_its_holder(frozen, cfo, superintendent, cabinet_member):
    for act, person in ((keys.approve, superintendent), (keys.approve, cabinet_member), (keys.concur, cfo)):
        with pytest.raises(Refused, match=r"^Only the"):
            act(slate=frozen.slate, fingerprint=frozen.slate.fingerprint, by=person)


def test_the_superintendent_goes_first_on_an_item_of_the_cfos_unit(frozen, units, cfo, superintendent):
    Sponsorship.objects.filter(proposal=frozen.funded, is_lead=False).update(unit=units["FIN"])
    slate, fingerprint = frozen.slate, frozen.slate.fingerprint
    with pytest.raises(Refused, match="P-01 is of your own unit: the superintendent must concur first"):
        keys.approve(slate=slate, fingerprint=fingerprint, by=cfo)
    keys.concur(slate=slate, fingerprint=fingerprint, by=superintendent)
    assert keys.approve(slate=slate, fingerprint=fingerprint, by=cfo).status == "approved"


def test_the_cfo_goes_first_on_an_item_of_the_superintendents_unit(frozen, units, cfo, superintendent):
    Sponsorship.objects.filter(proposal=frozen.funded, is_lead=False).update(unit=units["SUP"])
    slate, fingerprint = frozen.slate, frozen.slate.fingerprint
    with pytest.raises(Refused, match="the CFO must approve first"):
        keys.concur(slate=slate, fingerprint=fingerprint, by=superintendent)
    keys.approve(slate=slate, fingerprint=fingerprint, by=cfo)
    assert keys.concur(slate=slate, fingerprint=fingerprint, by=superintendent).status == "approved"


def test_release_publishes_everything_once(approved, cfo, superintendent):
    assert release(slate=approved.slate, by=cfo)
    assert statuses() == {"P-01": "funded", "P-02": "deferred"}
    published = set(Decision.objects.values_list("published_at", flat=True))
    assert len(published) == 1 and None not in published
    decided_by = Decision.objects.first().decided_by.all()
    assert {cfo, superintendent} <= set(decided_by)
    entries = Entry.objects.count()
    assert not release(slate=approved.slate, by=superintendent)
    assert Entry.objects.count() == entries


def test_release_is_refused_before_both_keys(frozen, cfo):
    keys.approve(slate=frozen.slate, fingerprint=frozen.slate.fingerprint, by=cfo)
    with pytest.raises(Refused, match="Still missing: Superintendent concurs"):
        release(slate=frozen.slate, by=cfo)


def test_release_is_for_deciders(approved, cabinet_member):
    with pytest.raises(Refused, match="release decisions"):
        release(slate=approved.slate, by=cabinet_member)


def test_released_overrides_stand_in_the_open(decided, funds, cfo, superintendent):
    funds["GF"].envelopes.update(available_cents=0)
    for year in ("FY27", "FY28", "FY29"):
        decisions.override_finding(slate=decided.slate, key=f"envelope:GF:{year}", reason="Known.", by=cfo)
    slate = keys.freeze(slate=decided.slate, by=cfo)
    for act, person in ((keys.approve, cfo), (keys.concur, superintendent)):
        act(slate=slate, fingerprint=slate.fingerprint, by=person)
    assert not Entry.objects.integrity().filter(is_private=False).exists()
    release(slate=slate, by=cfo)
    shown = Entry.objects.integrity().filter(is_private=False)
    assert shown.count() == 3
    assert all("over its envelope in" in entry.sentence for entry in shown)
    assert not any("envelope:" in entry.sentence for entry in shown)


def test_an_override_that_was_not_needed_in_the_end_is_not_published(decided, funds, cfo, superintendent):
    available = dict(funds["GF"].envelopes.values_list("pk", "available_cents"))
    funds["GF"].envelopes.update(available_cents=0)
    for year in ("FY27", "FY28", "FY29"):
        decisions.override_finding(slate=decided.slate, key=f"envelope:GF:{year}", reason="Known.", by=cfo)
    for pk, cents in available.items():
        funds["GF"].envelopes.filter(pk=pk).update(available_cents=cents)
    slate = keys.freeze(slate=decided.slate, by=cfo)
    keys.approve(slate=slate, fingerprint=slate.fingerprint, by=cfo)
    keys.concur(slate=slate, fingerprint=slate.fingerprint, by=superintendent)
    release(slate=slate, by=cfo)
    assert not Entry.objects.integrity().filter(is_private=False).exists()


def test_everything_before_the_release_is_private(approved):
    about = Entry.objects.filter(subject_kind="slates.Slate")
    assert about.exists() and all(entry.is_private for entry in about)


def test_nobody_else_is_a_builder(people):
    deciders = {name for name, person in vars(people).items() if rules.can_build(person)}
    assert deciders == {"superintendent", "cfo"}


def test_sheet_reads_the_same_number_of_queries(decided, make_vetted, cfo, django_assert_num_queries):
    from slates.findings import findings_of

    def read():
        findings_of(Sheet(decided.slate))

    with django_assert_num_queries(6):
        read()
    for code in ("P-03", "P-04"):
        items.add_item(slate=decided.slate, proposal=make_vetted(code), by=cfo)
    with django_assert_num_queries(6):
        read()
