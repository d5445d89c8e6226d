"""What stands in the way, as sentences that say what to do."""

from datetime import date

from activity import clock
from activity.models import Entry
from activity.templatetags.activity_tags import day
from goals.models import Season, Stage

from ..arithmetic import Content, missing_in, unsigned_in
from ..models import Proposal
from ..models.content import content_of, substance_of
from ..workflow import EDITABLE, Status, can_do
from .signing import signed_units

Kind = Stage.Kind


def returned_with(proposal: Proposal) -> str:
    """What the steward wrote when it was returned, while it is in revision; '' otherwise."""
    if proposal.status != Status.IN_REVISION:
        return ""
    entry = Entry.objects.about(proposal).filter(verb="return").order_by("-at", "-pk").first()
    return entry.sentence.partition(" for revision: ")[2] if entry else ""


def is_late_open(proposal: Proposal) -> bool:
    """Did the steward open it for a late edit, until today or later?"""
    return proposal.late_until is not None and proposal.late_until >= clock.today()


def blockers_to_edit(proposal: Proposal) -> list[str]:
    """Sponsors edit a draft until drafting closes, and in revision until revision closes."""
    if proposal.status not in EDITABLE:
        label = Status(proposal.status).label.lower()
        return [f"{proposal.code} is {label}, so it cannot be changed. Its page shows what happens next."]
    if is_past_agreed_day(proposal):
        agreed = day(proposal.agreed_until)
        return [
            f"The sponsors agreed to change nothing after {agreed}. The head or deputy of a sponsor can "
            "reopen it under “Sponsors”."
        ]
    return blockers_by_stage(proposal)


def is_past_agreed_day(proposal: Proposal) -> bool:
    """Have the sponsors closed their draft by a day of their own?"""
    agreed = proposal.agreed_until if proposal.status == Status.DRAFT else None
    return agreed is not None and agreed < clock.today()


def blockers_to_agree(proposal: Proposal, agreed: date) -> list[str]:
    """A day of the draft, from today until the season closes it."""
    if proposal.status != Status.DRAFT:
        return [f"{proposal.code} is no draft any more, so there is no day to agree on."]
    if closed := blockers_to_edit(proposal):
        return closed
    closes = _closes(proposal, Kind.DRAFTING)
    if agreed < clock.today():
        return ["This day is over. Choose today or a later day."]
    if closes is not None and agreed >= closes and not is_late_open(proposal):
        return [f"Drafting closes on {day(closes)} anyway. Choose an earlier day."]
    return []


def blockers_to_open_again(proposal: Proposal) -> list[str]:
    if proposal.agreed_until is None or proposal.status != Status.DRAFT:
        return ["There is no agreed day to take back: the proposal is as open as the season allows."]
    return []


def blockers_to_post_intent(season: Season, title: str, idea: str) -> list[str]:
    """An early idea has a title and a few words, and comes in time."""
    found = [] if title.strip() else ["An intent needs a title."]
    if not idea.strip():
        found.append("Say in a few sentences what the idea is: others join what they can picture.")
    return found + blockers_by_intents(season)


def blockers_by_intents(season: Season) -> list[str]:
    """From the stage of intents on, as long as there is time to draft with partners."""
    opens = min((stage.opens for stage in season.all_stages if stage.kind == Kind.INTENTS), default=None)
    if opens is not None and opens > clock.today():
        return [f"Intents open on {day(opens)}. Keep your idea until then."]
    closes = _last_day(season, Kind.DRAFTING)
    if closes is None or closes >= clock.today():
        return []
    return [
        f"Drafting closed on {day(closes)}, so nobody can join an idea in {season} any more. "
        "Post it once the next season opens its intents."
    ]


def blockers_to_start(season: Season, title: str, is_over: bool) -> list[str]:
    """A draft has a title, and a season that is not over; one that comes late is told `late_start`."""
    found = [] if title.strip() else ["A proposal needs a title."]
    if is_over:
        found.append(f"{season} is over. Start the proposal in the next season, once it is set up.")
    return found


def late_start(season: Season) -> str:
    """What whoever starts a draft must know once drafting is over; empty before."""
    closes = _last_day(season, Kind.DRAFTING)
    if closes is None or closes >= clock.today():
        return ""
    return f"Drafting closed on {day(closes)}: a new draft waits until the process steward opens it late."


def blockers_by_stage(proposal: Proposal) -> list[str]:
    """Too late this season for what only its sponsors may still change, unless it is opened late."""
    kind = Kind.DRAFTING if proposal.status == Status.DRAFT else Kind.REVISION
    closes = _closes(proposal, kind)
    if closes is None or closes >= clock.today() or is_late_open(proposal):
        return []
    return [f"{kind.label} closed on {day(closes)}. Ask the process steward to open {proposal.code} late."]


def blockers_to_ask(proposal: Proposal) -> list[str]:
    """Asks are changed and sent until the proposal is vetted."""
    if proposal.status in (*EDITABLE, Status.SUBMITTED):
        return []
    label = Status(proposal.status).label.lower()
    return [f"{proposal.code} is {label}: its asks stand as they were sent."]


def blockers_to_sign_on(proposal: Proposal, content: Content | None = None) -> list[str]:
    """There must be something to sign that will not change by itself a moment later."""
    if closed := _closed_to_sign(proposal):
        return closed
    content = content or content_of(proposal)
    reasons = []
    if not content["cost_lines"]:
        reasons.append("There is no cost line yet. Add what it costs, then sign on.")
    reasons += [
        f"Ask {ask['code']} was not sent yet. Send it first: its terms are part of what you sign."
        for ask in content["asks"]
        if ask["unsent"]
    ]
    return reasons


def _closed_to_sign(proposal: Proposal) -> list[str]:
    """Signed is what may still change: past the sponsors' own day as it stands, and while it is read, since
    its asks may be sent again."""
    if proposal.status == Status.SUBMITTED:
        return []
    return (blockers_by_stage if is_past_agreed_day(proposal) else blockers_to_edit)(proposal)


def blockers_to_submit(
    proposal: Proposal, content: Content | None = None, signed: set[str] | None = None
) -> list[str]:
    """Everything that is missing, as sentences that say what to do."""
    if not can_do(proposal.status, "submit"):
        label = Status(proposal.status).label.lower()
        return [f"{proposal.code} is {label}: only a draft can be submitted."]
    return [*_missing(proposal, content, signed), *blockers_by_date(proposal)]


def blockers_to_resubmit(
    proposal: Proposal, content: Content | None = None, signed: set[str] | None = None
) -> list[str]:
    """What the proposal itself still lacks in revision; feedback is checked by the floor above."""
    if not can_do(proposal.status, "resubmit"):
        return [f"{proposal.code} is not in revision, so there is nothing to resubmit."]
    return [*_missing(proposal, content, signed), *blockers_to_edit(proposal)]


def _missing(proposal: Proposal, content: Content | None, signed: set[str] | None) -> list[str]:
    content = content or content_of(proposal)
    signed = signed_units(proposal, substance_of(content)) if signed is None else signed
    return [reason.sentence for reason in (*missing_in(content), *unsigned_in(content, signed))]


def blockers_by_date(proposal: Proposal) -> list[str]:
    """A draft is submitted while the drafting stage is open, or as the steward allowed."""
    season = proposal.season
    if season.is_open(Kind.DRAFTING) or is_late_open(proposal):
        return []
    stages = [s for s in season.all_stages if s.kind == Kind.DRAFTING]
    if not stages:
        return ["The season has no drafting stage yet. Ask the process steward to set its dates."]
    coming = [s.opens for s in stages if s.opens > clock.today()]
    if coming:
        return [f"Submitting opens with the drafting stage on {day(min(coming))}."]
    closed = max(s.closes for s in stages)
    return [f"Drafting closed on {day(closed)}. Ask the process steward to open {proposal.code} late."]


def _closes(proposal: Proposal, kind: str):
    if getattr(proposal, "stage", None) == kind:  # read with the proposal, while its status was this one
        return getattr(proposal, "closes_on", None)
    return _last_day(proposal.season, kind)


def _last_day(season: Season, kind: str) -> date | None:
    return max((stage.closes for stage in season.all_stages if stage.kind == kind), default=None)
