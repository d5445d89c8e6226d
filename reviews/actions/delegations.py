"""Lending the right to answer asks, for stated days."""

from datetime import date, timedelta

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from people.models import Delegation, Unit, User

from .. import rules

NOT_YOURS = "The head or the deputy of the unit lends the right to answer."


@transaction.atomic
def delegate_answering(
    *, unit: Unit, person: User, from_date: date, until_date: date, by: User
) -> Delegation:
    """Let somebody answer asks for a unit on the days from … until. Raises Refused."""
    unit = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
    allow(rules.can_delegate(by, unit), NOT_YOURS)
    refuse_if(_blockers(unit, person, from_date, until_date))
    delegation = Delegation.objects.create(
        unit=unit,
        person=person,
        act=Delegation.Act.ANSWER_ASKS,
        from_date=from_date,
        until_date=until_date,
        delegated_by=by,
        delegated_at=clock.now(),
    )
    record(
        "delegate",
        delegation,
        f"let {person} answer asks for {unit} from {_day(from_date)} until {_day(until_date)}",
        by=by,
    )
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: User) -> None:
    """Take the right back at once; days on which it was used stay on record. Raises Refused."""
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("unit", "person")
    held = rows.filter(pk=delegation.pk).first()
    if held is None:
        raise Refused("This was taken back already.")
    delegation = held
    allow(rules.can_delegate(by, delegation.unit), NOT_YOURS)
    today = clock.today()
    refuse_if(["Its days are over already."] if delegation.until_date < today else [])
    record(
        "end delegation", delegation, f"took back from {delegation.person} the right to answer asks", by=by
    )
    if delegation.from_date < today:
        delegation.until_date = today - timedelta(days=1)
        delegation.save(update_fields=["until_date"])
    else:
        delegation.delete()


def _blockers(unit: Unit, person: User, from_date: date, until_date: date) -> list[str]:
    if until_date < from_date:
        return ["The last day lies before the first. Please check the dates."]
    if until_date < clock.today():
        return ["These days are over. Choose days to come."]
    if person.speaks_for(unit.pk):
        return [f"{person} speaks for {unit} already and can answer."]
    held = Delegation.objects.filter(unit=unit, person=person, act=Delegation.Act.ANSWER_ASKS)
    if held.filter(from_date__lte=until_date, until_date__gte=from_date).exists():
        return [f"{person} holds the right on some of these days already. End that one first."]
    return rules.blockers_to_lend(unit, person)


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
