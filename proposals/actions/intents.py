"""Early ideas that look for partners: posting, changing and closing them, and a first word to their unit."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from activity import clock
from activity.actions import record
from activity.refused import Refused, allow, refuse_if
from goals.models import Season
from people.models import Unit, User

from .. import rules
from ..models import Intent, Proposal, Talk
from ..rules import partners
from .baton import locked_with_sponsors
from .drafting import set_list
from .joining import held_open
from .meanwhile import by_label, to_write, told_in_history

COLUMNS = {"title": "title", "problem": "problem", "idea": "idea", "looking_for": "looking for"}
LISTS = {"goals": "goals", "wanted": "units looked for"}


@transaction.atomic
def post_intent(
    *, season: Season, unit: Unit, title: str, idea: str, by: User, looking_for: str = "", **aims: Any
) -> Intent:
    """Post an early idea that looks for partners. Raises Refused.

    `aims` may name the problem, the goals, and the units that are wanted.
    """
    allow(
        rules.can_start_proposal(by, unit.pk),
        "You can post an intent for your own units only. Choose one of them.",
    )
    refuse_if(rules.blockers_to_post_intent(season, title, idea))
    intent = Intent.objects.create(
        season=season, unit=unit, title=title, idea=idea, looking_for=looking_for,
        problem=aims.get("problem"), posted_at=clock.now(), posted_by=by,
    )  # fmt: skip
    for name in LISTS:
        if aims.get(name):
            getattr(intent, name).set(aims[name])
    record("post intent", intent, f"posted the intent “{title}” for {unit}", by=by)
    return intent


@transaction.atomic
def edit_intent(
    *, intent: Intent, values: Mapping[str, Any], by: User, began: Mapping | None = None
) -> Intent:
    """Change an intent of the own unit. Raises Refused; fields that only others changed stay theirs."""
    intent = _own(intent, by)
    labels = COLUMNS | LISTS
    stands = intent_values(intent)
    mine = {name: values[name] for name in labels if name in values}
    acts = told_in_history(intent, "edit intent", by_label(labels, after=" of the intent “"))
    changed = to_write(began=began or {}, stands=stands, mine=mine, labels=labels, acts=acts)
    if not changed:
        return intent
    if "title" in changed and not str(changed["title"]).strip():
        raise Refused("An intent needs a title.")
    columns = [name for name in COLUMNS if name in changed]
    for name in columns:
        setattr(intent, name, changed[name])
    intent.revision += 1
    intent.save(update_fields=[*columns, "revision"])
    for name in LISTS:
        if name in changed:
            set_list(intent, name, stands[name], changed[name])
    words = ", ".join(labels[name] for name in labels if name in changed)
    record("edit intent", intent, f"changed {words} of the intent “{intent.title}”", by=by)
    return intent


def intent_values(intent: Intent) -> dict[str, Any]:
    """What stands in the fields of an intent now."""
    lists = {name: list(getattr(intent, name).values_list("pk", flat=True)) for name in LISTS}
    return {name: getattr(intent, name) for name in COLUMNS} | lists


@transaction.atomic
def close_intent(*, intent: Intent, why: str, by: User) -> Intent:
    """Take an intent off the board; it stays readable. Raises Refused."""
    intent = _own(intent, by)
    if not why.strip():
        raise Refused("Say in a few words why it is closed: whoever offered to join reads it.")
    close(intent, why.strip(), by)
    record("close intent", intent, f"closed the intent “{intent.title}”: {why.strip()}", by=by)
    return intent


def close(intent: Intent, why: str, by: User) -> None:
    """Note who closed it; the intent's row is locked."""
    intent.closed_at, intent.closed_by, intent.why_closed = clock.now(), by, why[:300]
    intent.save(update_fields=["closed_at", "closed_by", "why_closed"])


@transaction.atomic
def talk_about_intent(*, intent: Intent, unit: Unit, message: str, by: User) -> Talk:
    """A short word to the unit behind an intent; its head and deputy are told. Raises Refused."""
    intent = held_open(intent)
    _allow_talk(unit, message, by)
    if unit.pk == intent.unit_id:
        raise Refused(f"This is an intent of {unit} itself. Talk at your own desk.")
    talk = _say(message, by, intent=intent, from_unit=unit, to_unit=intent.unit)
    record("talk", intent, f"wrote for {unit} to {intent.unit} about the intent “{intent.title}”", by=by)
    return talk


@transaction.atomic
def talk_about_overlap(*, proposal: Proposal, to_unit: Unit, message: str, by: User) -> Talk:
    """A short word from the lead of a draft to a unit whose draft overlaps with it. Raises Refused."""
    proposal = locked_with_sponsors(proposal)
    allow(
        rules.can_lead(by, proposal), "Only the head or the deputy of the lead can write to the other lead."
    )
    lead = next(s.unit for s in proposal.standing_sponsorships if s.is_lead)
    _allow_talk(lead, message, by)
    if to_unit.pk in proposal.sponsor_unit_ids:
        raise Refused(f"{to_unit} sponsors this proposal or is invited to. You meet it in the workspace.")
    talk = _say(message, by, proposal=proposal, from_unit=lead, to_unit=to_unit)
    record("talk", proposal, f"wrote to {to_unit} about drafts that overlap", by=by)
    return talk


@transaction.atomic
def note_talked(*, talk: Talk, by: User) -> Talk:
    """Say that the two units have talked: nobody is awaited for it any more. Raises Refused."""
    talk = Talk.objects.select_for_update(of=("self",)).select_related("to_unit", "from_unit").get(pk=talk.pk)
    allow(by.works_for(talk.to_unit_id), f"Only people of {talk.to_unit} can say that they talked.")
    if talk.heard_at is not None:
        raise Refused("This was noted already. Please reload the page.")
    talk.heard_at, talk.heard_by = clock.now(), by
    talk.save(update_fields=["heard_at", "heard_by"])
    record("talked", talk.intent or talk.proposal or talk, f"talked with {talk.from_unit}", by=by)
    return talk


def _own(intent: Intent, by: User) -> Intent:
    intent = held_open(intent)
    allow(
        partners.can_edit_intent(by, intent), f"Only people of {intent.unit} can change or close its intent."
    )
    return intent


def _allow_talk(unit: Unit, message: str, by: User) -> None:
    allow(
        rules.can_start_proposal(by, unit.pk),
        "You can write for a unit where you are head, deputy, contributor or principal.",
    )
    if not message.strip():
        raise Refused("Write a sentence: what would you like to talk about?")


def _say(message: str, by: User, **about: Any) -> Talk:
    return Talk.objects.create(message=message.strip()[:1000], said_at=clock.now(), said_by=by, **about)
