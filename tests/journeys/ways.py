"""How every address of the site is visited: at which moment of the demo season, and with which rows.

The addresses come from the URLconf. A new one is visited in the last moment, with the row that belongs to
the word before its parameter; where that leads nowhere, `MOMENTS` or `_rows` say better. Who opens a page
needs no table: it is asked for as everybody, and the fullest role is the one that is shown the most.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from inspect import getsource, unwrap
from urllib.parse import urlsplit

from django.urls import get_resolver

from activity import clock
from desk import demo
from desk.demo_people import somebody_with
from funds.models import AccountCode, FundSource, PositionPrice
from goals.models import DecisionRight, Goal, Measure, Principle, Problem, RootCause, Season, Stage
from investments.models import Commitment, Investment
from people.actions import invite_person
from people.models import Post, Unit, User
from proposals.actions.attachments import attach
from proposals.actions.intents import post_intent, talk_about_intent
from proposals.actions.merging import propose_to_take_in
from proposals.actions.offers import offer_to_join_intent
from proposals.actions.remarks import comment
from proposals.models import KeptText, Proposal, ProposalLink
from reviews.models import Assignment, Condition, Criterion, Feedback
from slates.actions.items import add_item
from slates.actions.scenario import create_slate
from slates.models import Slate
from tests.proposals.files import PDF
from tests.shape.test_addresses import patterns

# Stage of the season: names of addresses visited then; the first that fits. `LAST` takes what is left.
MOMENTS = {
    "goals": ["setup*", "goal_*", "measure*", "cause*", "note_new", "problem*", "season_adopt"],
    "consultation": ["asks", "ask", "delegation*", "mail*"],
    "revision": ["feedback", "feedback_answer", "resubmit", "condition_*"],
    "scoring": ["vetting*", "review*", "feedback_give"],
    "closed": ["slate_approve", "slate_release", "slate_unfreeze", "proposal_version*"],
    "slate": ["slate*"],
    "drafting": [
        "costs_*", "scale_*", "milestone_*", "agreed_day",
        "proposal_*", "intent*", "late_edit", "link_*", "cost_line*", "asks_send_all", "ask_*", "sponsor_*",
        "talk*", "offer_*", "merge*", "take_in", "comment_*", "remarks_noted",
        "kept_*", "attachment*",
    ],
}  # fmt: skip
LAST = "closed"
ORDER = {
    "goals": 2, "drafting": 5, "consultation": 6, "revision": 8, "scoring": 9, "slate": 10, "closed": 20,
}  # in the calendar of the demo season  # fmt: skip

# Acts whose page is the one that has their button: asked for, they lead there. Of the others the view itself
# tells it: every return of it leads on.
ACTS = {
    "cause_remove", "comment_reply", "demo_move", "kept_discard", "kept_offer", "look", "measure_remove",
    "offer_end",
    "season_import_confirm", "setup_criterion_remove", "setup_decision_right_remove",
    "setup_principle_remove", "setup_stage_remove", "setup_unit_speakers", "slate_override", "slate_part",
    "vetting_act",
}  # fmt: skip
RETURN = re.compile(r"^\s+return\b.*", re.M)

# Pages of the sign-in package that no demo person is shown: closed by us, or a step that needs a mail, a
# second factor or an identity provider.
CLOSED = re.compile(
    r"account_(signup|email|email_verification_sent|reauthenticate|confirm_\w+|change_password"
    r"|reset_password_from_key)|mfa_(authenticate|reauthenticate|deactivate_totp|\w+_recovery_codes)"
    r"|socialaccount_\w+|accounts/.*|\^accounts/.*|healthz|readyz"
)

# Addresses that answer the page's own script, never a person's browser: only a failure of theirs counts.
FOR_SCRIPTS = ("proposal_live",)

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


@dataclass
class Moment:
    """A moment of the season: who opens pages then, and what they open, by name."""

    people: dict[str, User | None]
    addresses: dict[str, str]
    acts: set[str]


def moment_of(name: str) -> str:
    for kind, names in MOMENTS.items():
        if any(name == known or (known[-1] == "*" and name.startswith(known[:-1])) for known in names):
            return kind
    return LAST


def entries(kind: str) -> Iterator[tuple[str, str, bool]]:
    """Name, address pattern, and whether it is an act without a page."""
    for where, entry in patterns(get_resolver()):
        name = entry.name or where
        if moment_of(name) == kind and not CLOSED.fullmatch(name):
            yield name, where, name in ACTS or leads_on(entry.callback)


def leads_on(view: Callable) -> bool:
    returns = RETURN.findall(getsource(unwrap(view)))
    return bool(returns) and all("redirect(" in line for line in returns)


def filled(where: str, rows: dict[str, object]) -> str:
    """The address, each parameter filled by its own name or by the word before it."""
    path = where.replace("^", "").replace("$", "")
    while match := PARAMETER.search(path):
        word = path[: match.start()].rstrip("/").rpartition("/")[2]
        value = rows.get(match[2] or match[3], rows.get(word, 1))
        path = f"{path[: match.start()]}{value}{path[match.end() :]}"
    return f"/{path}"


def arrange(kind: str) -> Moment:
    """Import the demo season as it stood then, with somebody and one row of every kind."""
    demo.jump(Stage(order=ORDER[kind]))
    proposal = _proposal(kind)
    people = _people(proposal)
    rows = _rows(kind, proposal, people)
    here = list(entries(kind))
    addresses = {name: filled(where, rows) for name, where, _ in here}
    return Moment({**people, "nobody": None}, addresses, {name for name, _, is_act in here if is_act})


def _proposal(kind: str) -> Proposal | None:
    status = {"drafting": "draft", "revision": "in_revision"}.get(kind)
    found = Proposal.objects.filter(status=status) if status else Proposal.objects.all()
    return found.order_by("code").first()


def _people(proposal: Proposal | None) -> dict[str, User]:
    """One person of every role, those of the proposal first; the demo has no administrator of its own."""
    roles = ["superintendent", "cfo", "steward", "cabinet", "principal"]
    people = {role: somebody_with(role) for role in roles}
    top = Unit.objects.filter(parent=None).first()
    administrator = User.objects.create_user("administrator@example.org", name="Ada Office", unit=top)
    Post.objects.create(person=administrator, unit=top, role=Post.Role.ADMINISTRATOR)
    people["administrator"] = administrator
    if proposal:
        people["lead"] = _head_of(proposal.lead)
        people["asked"] = _head_of(proposal.asks.first().asked_unit)
        assignment = proposal.assignments.filter(recused_at=None).select_related("reviewer").first()
        if assignment:
            people["reviewer"] = assignment.reviewer
    return people


def _head_of(unit: Unit) -> User:
    return Post.objects.filter(unit=unit, role="head").first().person


def _rows(kind: str, proposal: Proposal | None, people: dict[str, User]) -> dict[str, object]:
    found = {
        "stages": Stage, "principles": Principle, "decision-rights": DecisionRight, "rubric": Criterion,
        "funds": FundSource, "codes": AccountCode, "positions": PositionPrice, "goals": Goal,
        "problems": Problem, "measures": Measure, "causes": RootCause, "investments": Investment,
        "commitments": Commitment, "posts": Post, "people": User, "conditions": Condition,
    }  # fmt: skip
    rows = {word: _key(model.objects.order_by("pk")) for word, model in found.items()}
    rows |= {"units": _key(Unit.objects.filter(kind="department")), "act": "return", "order": 5}
    invited = User.objects.filter(posts__role="head", password__startswith="!").first()
    if invited:
        url = invite_person(person=invited, by=people["administrator"])
        rows["token"] = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    if proposal:
        rows |= _rows_of(proposal)
    if kind == "drafting":
        rows |= _rows_of_partners(proposal, people["lead"], people["asked"])
    if kind == "slate":
        _make_a_slate(proposal, people["cfo"])
    slate = Slate.objects.first()
    rows |= {"slates": _key(Slate.objects), "items": _key(slate.items) if slate else 0}
    return rows


def _rows_of(proposal: Proposal) -> dict[str, object]:
    """The proposal and what belongs to it."""
    answered = Feedback.objects.filter(version__proposal=proposal)
    words = ("proposals", "vetting", "decisions", "add")
    return dict.fromkeys(words, proposal.pk) | {
        "asks": _key(proposal.asks), "sponsors": _key(proposal.sponsorships.exclude(is_lead=True)),
        "feedback": _key(answered.filter(answered_at=None)) or _key(answered),
        "assignments": _key(Assignment.objects.filter(proposal=proposal)),
        "costs": proposal.cost_lines.first().number, "plan": "bold", "milestone": _milestone(proposal),
        "versions": proposal.versions.first().number if proposal.versions.exists() else 1,
    }  # fmt: skip


def _rows_of_partners(proposal: Proposal, lead: User, asked: User) -> dict[str, object]:
    """Who else works on it, of which the demo season holds nothing: an intent, a draft that overlaps."""
    unit = proposal.asks.first().asked_unit
    aims = {"title": "Calm corridors", "idea": "Adults greet every class.", "goals": proposal.goals.all()}
    intent = post_intent(season=proposal.season, unit=unit, by=asked, **aims)
    offer = offer_to_join_intent(intent=intent, unit=proposal.lead, brings="Two coaches.", by=lead)
    talk = talk_about_intent(intent=intent, unit=proposal.lead, message="Shall we meet?", by=lead)
    merger = propose_to_take_in(kept=proposal, intent=intent, reason="The same classes.", by=lead)
    remark = comment(proposal=proposal, section="need", text="Which schools?", by=lead)
    drafts = Proposal.objects.filter(status="draft").exclude(sponsorships__unit__in=proposal.sponsor_unit_ids)
    other = drafts.order_by("code").first()
    other.goals.add(*proposal.goals.all())
    other.causes.add(*proposal.causes.all())
    return {
        "intents": intent.pk, "take-in": intent.pk, "offers": offer.pk, "talks": talk.pk,
        "talk": other.lead.pk, "mergers": merger.pk, "merge": other.pk, "comments": remark.pk,
        "links": _key(ProposalLink.objects), "kept": _kept(proposal, lead).pk,
        "attachments": attach(proposal=proposal, name="Bus plan.pdf", data=PDF, by=lead).pk,
    }  # fmt: skip


def _kept(proposal: Proposal, lead: User) -> KeptText:
    return KeptText.objects.create(
        proposal=proposal, kind="need", data=b"", text="Too late.", html="<p>Too late.</p>",
        kept_at=clock.now(), kept_by=lead,
    )  # fmt: skip


def _milestone(proposal: Proposal) -> int:
    values = {"what": "Coaches are hired", "due_on": date(2026, 8, 1), "unit": proposal.lead}
    return proposal.milestones.get_or_create(**values)[0].pk


def _make_a_slate(proposal: Proposal, cfo: User) -> None:
    slate = create_slate(season=Season.objects.get(), name="First", note="", by=cfo)
    add_item(slate=slate, proposal=proposal, by=cfo)


def _key(rows) -> int:
    row = rows.first()
    return row.pk if row else 0
