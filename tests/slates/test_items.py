"""Scenarios and what is on them: in full, in part, by rank."""

from decimal import Decimal

import pytest

from activity.refused import Refused
from proposals.actions.baton import pass_on
from reviews.models import Rating
from slates.actions import filling, items, keys, scenario
from slates.actions.items import Keep
from slates.models import Decision, SlateItem, SlateLine
from slates.sheet import Sheet

pytestmark = pytest.mark.django_db


def amounts(item) -> list[list[int]]:
    return [[line.year1_cents, line.year2_cents, line.year3_cents] for line in item.lines.all()]


def test_names_are_once_in_a_season(slate, season, cfo):
    with pytest.raises(Refused, match="There is a slate “base” already"):
        scenario.create_slate(season=season, name="base", by=cfo)
    other = scenario.create_slate(season=season, name="Second", by=cfo)
    assert scenario.rename(slate=other, name="Third", by=cfo).name == "Third"
    with pytest.raises(Refused, match="Choose another name"):
        scenario.rename(slate=other, name="Base", by=cfo)


@pytest.mark.parametrize("who", ["steward", "cabinet_member", "lead_head", "administrator"])
def test_only_deciders_build(slate, vetted, season, people, who):
    person = getattr(people, who)
    acts = [
        lambda: scenario.create_slate(season=season, name="X", by=person),
        lambda: scenario.copy_slate(slate=slate, name="X", by=person),
        lambda: scenario.rename(slate=slate, name="X", by=person),
        lambda: items.add_item(slate=slate, proposal=vetted, by=person),
        lambda: filling.fill_in_rank_order(slate=slate, by=person),
    ]
    for act in acts:
        with pytest.raises(Refused, match="the CFO and whom the CFO names build slates"):
            act()


def test_add_takes_all_lines_in_full(slate, vetted, cfo):
    item = items.add_item(slate=slate, proposal=vetted, by=cfo)
    assert amounts(item) == [[21_290_800, 21_997_900, 22_730_400]]
    assert item.lines.get().basis == "in full"
    assert Sheet(slate).total.first == 21_290_800


def test_add_is_refused_twice_and_for_what_is_not_vetted(slate, vetted, cfo, steward):
    items.add_item(slate=slate, proposal=vetted, by=cfo)
    with pytest.raises(Refused, match="is on this slate already"):
        items.add_item(slate=slate, proposal=vetted, by=cfo)
    back = pass_on(proposal=vetted, act="send back", by=steward, sentence="sent back")
    with pytest.raises(Refused, match="only vetted proposals can be added"):
        items.add_item(slate=slate, proposal=back, by=cfo)


def test_add_is_refused_without_cost_lines(slate, make_vetted, cfo):
    with pytest.raises(Refused, match="has no cost line"):
        items.add_item(slate=slate, proposal=make_vetted("P-02", lines=()), by=cfo)


def test_posts_kept_give_their_share_of_every_year(slate, vetted, cfo):
    item = items.add_item(slate=slate, proposal=vetted, by=cfo)
    line = vetted.cost_lines.get()
    items.change_item(item=item, keep={line.pk: Keep(fte=Decimal("1.5"), basis="1.5 of 2 coaches")}, by=cfo)
    assert amounts(item) == [[15_968_100, 16_498_400, 17_047_800]]
    assert item.lines.get().fte == Decimal("1.50")


def test_an_amount_is_kept_exactly_and_later_years_follow(slate, make_vetted, cfo):
    proposal = make_vetted("P-02", lines=[("GF", 30_000_00, 30_750_00, 31_519_00)])
    item = items.add_item(slate=slate, proposal=proposal, by=cfo)
    line = proposal.cost_lines.get()
    items.change_item(item=item, keep={line.pk: Keep(amount_cents=10_000_50, basis="a third")}, by=cfo)
    assert amounts(item) == [[10_000_50, 10_251_00, 10_507_00]]


def test_a_line_that_begins_later_is_kept_by_its_first_paid_year(slate, make_vetted, cfo):
    proposal = make_vetted("P-02", lines=[("GF", 0, 10_000_00, 20_000_00)])
    item = items.add_item(slate=slate, proposal=proposal, by=cfo)
    line = proposal.cost_lines.get()
    items.change_item(item=item, keep={line.pk: Keep(amount_cents=5_000_00, basis="half")}, by=cfo)
    assert amounts(item) == [[0, 5_000_00, 10_000_00]]


@pytest.mark.parametrize(
    ("keep", "sentence"),
    [
        (Keep(amount_cents=10_001_00, basis="more"), r"Line 1: not more than the \$10,000 requested"),
        (Keep(amount_cents=5_000_00), "Line 1: say what part is kept"),
        (Keep(amount_cents=0), "Nothing of P-02 would be left"),
    ],
)
def test_changes_are_refused_with_the_line(slate, make_vetted, cfo, keep, sentence):
    proposal = make_vetted("P-02", lines=[("GF", 10_000_00, 0, 0)])
    item = items.add_item(slate=slate, proposal=proposal, by=cfo)
    with pytest.raises(Refused, match=sentence):
        items.change_item(item=item, keep={proposal.cost_lines.get().pk: keep}, by=cfo)
    assert amounts(item) == [[10_000_00, 0, 0]]


def test_the_same_part_of_every_line_adds_up_by_fund(slate, make_vetted, cfo):
    """The figures of a published slate: seven of eleven schools."""
    lines = [
        ("GF", 236_000_00, 0, 0),
        ("GF", 53_500_00, 0, 0),
        ("T1A", 88_000_00, 0, 0),
        ("GF", 22_000_00, 0, 0),
    ]
    item = items.add_item(slate=slate, proposal=make_vetted("P-04", lines=lines), by=cfo)
    items.keep_part(item=item, part=7, whole=11, basis="7 of 11 schools", by=cfo)
    assert [row[0] for row in amounts(item)] == [150_182_00, 34_045_00, 56_000_00, 14_000_00]
    with pytest.raises(Refused, match="must be smaller than the whole"):
        items.keep_part(item=item, part=11, whole=11, basis="all", by=cfo)


def test_a_frozen_slate_is_not_changed(frozen, cfo):
    acts = [
        lambda: items.remove_item(item=frozen.item, by=cfo),
        lambda: items.change_item(item=frozen.item, keep={}, by=cfo),
        lambda: items.keep_part(item=frozen.item, part=1, whole=2, basis="half", by=cfo),
        lambda: items.add_item(slate=frozen.slate, proposal=frozen.deferred, by=cfo),
        lambda: filling.fill_in_rank_order(slate=frozen.slate, by=cfo),
    ]
    for act in acts:
        with pytest.raises(Refused, match=r"“Base” is frozen\. Unfreeze it first"):
            act()


def test_a_copy_holds_items_lines_and_decisions(decided, cfo):
    copy = scenario.copy_slate(slate=decided.slate, name="Other", by=cfo)
    assert Sheet(copy).money == Sheet(decided.slate).money
    assert sorted(copy.decisions.values_list("outcome", flat=True)) == ["deferred", "funded"]
    items.remove_item(item=copy.items.get(), by=cfo)
    assert SlateItem.objects.filter(slate=decided.slate).count() == 1
    assert SlateLine.objects.count() == 1
    assert Decision.objects.filter(slate=decided.slate).count() == 2


def rate(proposal, people, rubric, value: int) -> None:
    version = proposal.versions.order_by("-number").first()
    Rating.objects.bulk_create(
        Rating(
            version=version,
            criterion=c,
            reviewer=people.cabinet_member,
            value=value,
            rated_at=version.frozen_at,
        )
        for c in rubric.criteria.all()
    )


def test_fill_goes_by_score_and_passes_over_what_breaks_an_envelope(slate, make_vetted, people, rubric, cfo):
    high = make_vetted("P-02", lines=[("GF", 600_000_00, 0, 0)])
    wide = make_vetted("P-03", lines=[("GF", 500_000_00, 0, 0)])
    low = make_vetted("P-04", lines=[("GF", 300_000_00, 0, 0)])
    for proposal, value in ((high, 5), (wide, 4), (low, 2)):
        rate(proposal, people, rubric, value)
    filled = filling.fill_in_rank_order(slate=slate, by=cfo)
    assert [proposal.code for proposal in filled.added] == ["P-02", "P-04"]
    assert filled.left_out == [
        "P-01 has no complete score yet.",
        "P-03 does not fit: GF in FY27 is short by $100,000.",
    ]
    assert Sheet(slate).total.first == 900_000_00


def test_filled_slates_hold_every_envelope(slate, make_vetted, people, rubric, cfo):
    for number in range(2, 8):
        proposal = make_vetted(f"P-0{number}", lines=[("T1A", 70_000_00, 90_000_00, 10_000_00)])
        rate(proposal, people, rubric, number % 5 + 1)
    filling.fill_in_rank_order(slate=slate, by=cfo)
    assert all(cell.left >= 0 for row in Sheet(slate).fund_years for cell in row)
    assert slate.items.count() == 2


def test_unfrozen_slates_may_be_changed_again(frozen, cfo):
    slate = keys.unfreeze(slate=frozen.slate, by=cfo)
    items.remove_item(item=frozen.item, by=cfo)
    assert not slate.items.exists()
