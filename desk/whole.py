"""Everything that the whole-proposal page shows, gathered in a fixed number of queries."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef

from activity.models import Entry
from people.models import User
from proposals.arithmetic import hours_by_month, missing_in, unsigned_in
from proposals.models import AskTerms, Proposal, ProposalVersion, Section
from proposals.models.content import content_of, said, substance_of
from proposals.money import money_of
from proposals.reading import invited_unit, told_to
from proposals.remarks import Thread, shaped_by, threads_of
from proposals.rules import (
    READ_BY_ALL,
    blockers_by_date,
    blockers_to_comment,
    can_comment,
    can_edit,
    is_sponsor,
    newest_circulated,
)
from proposals.rules.partners import joined_in, relations_of
from proposals.workflow import CIRCULATED, UNDER_REVIEW, Status
from reviews.credits import credited
from reviews.models import Endorsement, Feedback
from slates.models import Decision

from .history import readable

HISTORY_ROWS = 20


@dataclass
class Signature:
    """A sign-on as the page shows it."""

    name: str
    at: object
    counts: bool


@dataclass
class Whole:
    """A proposal as one person may read it: its sponsors as it stands, others its newest submission."""

    proposal: Proposal
    user: User
    version: ProposalVersion | None = None
    content: dict = field(default_factory=dict)

    def __post_init__(self):
        self.is_mine = is_sponsor(self.user, self.proposal)
        self.is_past = self.version is not None
        self.shaped_since: list[str] = []
        live = self.is_mine and (self.proposal.is_editable or self.proposal.status not in CIRCULATED)
        self.is_merged = self.proposal.status == Status.MERGED
        if self.is_merged:  # its rows went over: it reads as it was frozen then
            self.version = self.version or self.proposal.versions.order_by("-number").first()
        self.version = self.version or (None if live else newest_circulated(self.proposal))
        self.is_live = self.version is None
        self.content = content_of(self.proposal) if self.is_live else self.version.content
        self.substance = substance_of(self.content) if self.is_live else self.version.substance

    def context(self) -> dict:
        """What the template needs."""
        versions, signatures = self._versions()
        threads = [] if self.is_past else self._threads()
        asks = self._asks()
        beside = {kind: [t for t in threads if t.comment.section == kind] for kind in Section.Kind.values}
        return {
            "proposal": self.proposal,
            "content": self.content,
            "version": self.version,
            "is_mine": self.is_mine,
            **self._acts(),
            "is_live": self.is_live,
            "sections": [
                (kind, label, said(self.content, kind), beside[kind])
                for kind, label in Section.Kind.choices
                if self.content["sections"].get(kind) and kind != Section.Kind.SUMMARY
            ],
            "beside_summary": beside[Section.Kind.SUMMARY],
            "words": sum(len(text.split()) for text in self.content["sections"].values()),
            "n_open": len(threads),
            "shaped_by": self._shaped_by(asks),
            "may_remark": self._may_remark(),
            "versions": versions,
            "sponsors": [s | {"signature": signatures.get(s["unit"])} for s in self.content["sponsors"]],
            "asks": asks,
            "missing": self._missing(signatures),
            "feedback": self._feedback(),
            "decisions": self._decisions(),
            "history": self._history(),
            "relations": relations_of(self.user, self.proposal),
            "joined_in": joined_in(self.user, self.proposal) if self.is_merged else None,
            **self._money(),
        }

    def _threads(self) -> list[Thread]:
        """What is open, beside the text that is read."""
        threads = threads_of(self.user, self.proposal, self.content["sections"])
        self.shaped_since = shaped_by(threads, self.proposal)
        return [thread for thread in threads if thread.is_open]

    def _shaped_by(self, asks: list[dict]) -> list[str]:
        """Whose wording was taken over, and whose conditions were agreed."""
        agreed = [ask["name"] for ask in asks if is_agreed(ask)]
        return credited({*self.content.get("shaped_by", []), *self.shaped_since}, agreed)

    def _acts(self) -> dict:
        """What this person is offered first; who is invited answers before anything else is open."""
        can_work = self.proposal.is_editable and can_edit(self.user, self.proposal)
        main_act = ("proposal_edit", "Work on it") if can_work else None
        if self.proposal.is_editable and invited_unit(self.user, self.proposal):
            main_act = ("proposal_sponsors", "Accept or decline")
        return {"main_act": main_act, "can_work": can_work}

    def _may_remark(self) -> bool:
        """Is this what is commented on now, by this person?"""
        if self.is_past or not can_comment(self.user, self.proposal):
            return False
        return not blockers_to_comment(self.proposal)

    def _money(self) -> dict:
        return money_of(self.content, self.proposal.season) | {"hours": hours_by_month(self.content)}

    def _versions(self) -> tuple[list[dict], dict[str, Signature]]:
        """Versions that this person may read, and the newest sign-on of each sponsor; one query."""
        rows = self.proposal.versions.order_by("number").values(
            "number",
            "kind",
            "label",
            "substance",
            "frozen_at",
            "is_imported",
            by=F("frozen_by__name"),
            unit=F("sign_ons__sponsorship__unit__code"),
            signer=F("sign_ons__signed_by__name"),
            signed_at=F("sign_ons__signed_at"),
            carries=F("sign_ons__is_imported"),
        )
        versions, signatures = {}, {}
        imported = ""
        for row in rows:
            versions[row["number"]] = row | {"what": ProposalVersion.Kind(row["kind"]).label}
            imported = row["substance"] if row["is_imported"] else imported
        for row in rows:
            if row["unit"]:
                agreed = {row["substance"], imported} if row["carries"] else {row["substance"]}
                signed = Signature(row["signer"], row["signed_at"], self.substance in agreed)
                if signed.counts or row["unit"] not in signatures:
                    signatures[row["unit"]] = signed
        readable = [v for v in versions.values() if self.is_mine or v["kind"] in READ_BY_ALL]
        return readable[::-1], signatures

    def _asks(self) -> list[dict]:
        """The asks with the terms that stand and the answer to these; silence stays silence."""
        rows = Endorsement.objects.current().filter(terms__ask__proposal=self.proposal)
        rows = rows.select_related("condition", "answered_by").annotate(ask_code=F("terms__ask__code"))
        answers = {row.ask_code: row for row in rows}
        asks = self.content["asks"] if self.is_live else self._asks_since()
        rows = [ask | {"answer": answers.get(ask["code"])} for ask in asks if ask["sent"] or self.is_live]
        return [row | {"state": answer_words(row)} for row in rows]

    def _asks_since(self) -> list[dict]:
        """The asks of a frozen version, with what was sent since: no answer stands beside other terms."""
        newer = AskTerms.objects.filter(ask=OuterRef("ask"), number__gt=OuterRef("number"))
        rows = AskTerms.objects.filter(~Exists(newer), ask__proposal=self.proposal)
        sent = {row.ask.code: row for row in rows.select_related("ask__asked_unit").order_by("ask__code")}
        frozen = [(ask, sent.pop(ask["code"], None)) for ask in self.content["asks"]]
        added = [({}, terms) for terms in sent.values() if terms.ask.withdrawn_at is None]
        return [_ask_since(ask, terms) for ask, terms in [*frozen, *added]]

    def _missing(self, signatures: dict[str, Signature]) -> list:
        """For the sponsors of a draft: what is still missing, with the place where it is mended."""
        if not self.is_live or not self.proposal.is_editable:
            return []
        signed = {unit for unit, signature in signatures.items() if signature.counts}
        lacks = [*missing_in(self.content), *unsigned_in(self.content, signed)]
        return told_to(self.user, self.proposal, lacks)

    def _feedback(self) -> list[Feedback]:
        if self.proposal.status not in CIRCULATED:
            return []
        rows = Feedback.objects.filter(version__proposal=self.proposal)
        return list(rows.select_related("written_by", "unit", "answered_by"))

    def _decisions(self) -> list[Decision]:
        """Released decisions for everybody; pending ones for the deciders alone."""
        if self.proposal.status not in CIRCULATED or self.proposal.status in UNDER_REVIEW:
            return []
        rows = Decision.objects.visible_to(self.user).filter(version__proposal=self.proposal)
        released = [row for row in rows if row.published_at]
        return released or list(rows)

    def _history(self) -> list[Entry]:
        """What happened, as far as this person may read it."""
        return list(readable(self.user).about(self.proposal)[:HISTORY_ROWS])


def _ask_since(ask: dict, terms: AskTerms | None) -> dict:
    """A frozen ask, {} where it came later, with the newest terms that were sent."""
    if terms is None:
        return ask
    fields = {name: AskTerms._meta.get_field(name) for name in AskTerms.FIELDS}
    return {
        **ask,
        **terms.values(),
        "id": terms.ask_id,
        "code": terms.ask.code,
        "name": terms.ask.asked_unit.name,
        "sent": True,
        "withdrawn": terms.ask.withdrawn_at is not None,
        "added": not ask.get("sent"),
        "changed": any(
            field.to_python(ask[name]) != getattr(terms, name)
            for name, field in fields.items()
            if name in ask
        ),
    }


def is_agreed(ask: dict) -> bool:
    """Did the sponsors agree to the condition of the answer that stands?"""
    condition = getattr(ask["answer"], "condition", None)
    return condition is not None and condition.accepted_at is not None and not ask.get("withdrawn")


def answer_words(ask: dict) -> tuple[str, str]:
    """Where an ask stands: the kind of chip, and the words beside it. Silence is never a yes."""
    answer = ask["answer"]
    if ask.get("withdrawn"):
        return "closed", "Withdrawn"
    if answer is None:
        return ("waiting", "No answer yet") if ask["sent"] else ("plain", "Not sent")
    if answer.answer == Endorsement.Answer.CONDITIONAL:
        condition = getattr(answer, "condition", None)
        if condition and condition.refused_at:
            return "refused", "Condition refused"
        if condition and condition.accepted_at:
            return "agreed", "Endorsed, condition agreed"
        return "waiting", "Endorsed with conditions"
    kinds = {Endorsement.Answer.ENDORSED: "agreed", Endorsement.Answer.DECLINED: "refused"}
    return kinds.get(answer.answer, "closed"), answer.get_answer_display()


def next_for(whole: Whole) -> list[str]:
    """What keeps a draft from being submitted today, apart from what is missing in it."""
    if whole.is_live and whole.proposal.status == Status.DRAFT:
        return blockers_by_date(whole.proposal)
    return []
