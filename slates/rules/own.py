"""Nobody decides on the own unit: which proposals stand too near to CFO and superintendent."""

from collections.abc import Sequence

from django.db.models import BooleanField, ExpressionWrapper, Q

from people.models import Post, User
from people.rules import DECIDERS, is_superintendent
from proposals.models import Sponsorship

from ..models import Slate
from ..sheet import Sheet


def near(role: str, holders: Sequence[int] | None = None) -> Q:
    """Sponsorships that stand too near to whoever holds a role today, or to these holders.

    Units of their posts; for the CFO the home unit too, and those they answer for in the cabinet. The
    superintendent answers for all units and is meant by the own posts only.
    """
    if holders is None:
        posts = Post.objects.current().filter(role=role).order_by()
        people = User.objects.filter(pk__in=posts.values("person_id")).order_by()
    else:
        people = User.objects.filter(pk__in=holders).order_by()
    own = Q(unit_id__in=Post.objects.current().filter(person__in=people).order_by().values("unit_id"))
    if role == Post.Role.SUPERINTENDENT:
        return own
    return own | Q(unit_id__in=people.values("unit_id")) | Q(unit__cabinet_member__in=people)


def own_unit_codes(slate: Slate) -> dict[str, list[str]]:
    """By decider, codes of proposals on the slate, or decided with it, that stand too near."""
    by_role = {role: ExpressionWrapper(near(role), output_field=BooleanField()) for role in DECIDERS}
    rows = Sponsorship.objects.standing().filter(
        Q(proposal__slate_items__slate=slate) | Q(proposal__versions__decisions__slate=slate),
        Q(*map(near, DECIDERS), _connector=Q.OR),
    )
    rows = list(rows.order_by().values_list("proposal__code", *by_role.values()))
    return {role: sorted({row[0] for row in rows if row[n]}) for n, role in enumerate(DECIDERS, 1)}


def own_proposals(sheet: Sheet, by: User) -> set[int]:
    """Where the other decider writes; where both stand too near, the superintendent, as head of all."""
    listed = Sponsorship.objects.standing().filter(proposal__in=list(sheet.by_pk)).order_by()
    if not is_superintendent(by):
        return set(listed.filter(near(Post.Role.CFO, [by.pk])).values_list("proposal_id", flat=True))
    of_cfo = listed.filter(near(Post.Role.CFO)).values("proposal")
    mine = listed.filter(near(Post.Role.SUPERINTENDENT, [by.pk])).exclude(proposal__in=of_cfo)
    return set(mine.values_list("proposal_id", flat=True))


def blockers_by_own_unit(sheet: Sheet, changed: Sequence[int], by: User) -> list[str]:
    """Nobody writes the decision on a proposal of the own unit."""
    if not changed:
        return []
    other = "CFO" if is_superintendent(by) else "superintendent"
    own = sorted(sheet.by_pk[pk].code for pk in own_proposals(sheet, by).intersection(changed))
    return [f"{named(own)} of your own unit: the {other} writes the decision."] if own else []


def named(codes: list[str]) -> str:
    return f"{', '.join(codes)} {'is' if len(codes) == 1 else 'are'}"
