"""Funded decisions become investments, and endorsed asks become duties. Pulled, and safe to run again."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from activity import clock
from activity.actions import entry_for, record_all
from activity.keys import next_code
from activity.refused import allow, refuse_if
from funds.arithmetic import years_after
from goals.models import Measure, Season
from people.models import Post, User
from proposals.models import LONGEST_CYCLE, Proposal, Sponsorship
from reviews.models import Condition, Endorsement
from slates.actions.locking import locked, sheet_of
from slates.models import Decision, Slate, SlateLine
from slates.models.decision import Joined, keys_in
from slates.rules import can_release
from slates.sheet import Sheet

from .. import rules
from ..arithmetic import last_day
from ..models import Commitment, Investment, InvestmentMeasure


@transaction.atomic
def open_investments(*, slate: Slate, by: User | None = None) -> list[Investment]:
    """Make the missing investments of a released slate, with their commitments and measures.

    A decision makes one investment, ever; a second run makes nothing. `by` is None in a command.
    """
    slate = locked(slate)
    allow(by is None or can_release(by), "Only the superintendent and the CFO begin investments.")
    refuse_if(rules.blockers_to_open(slate))
    sheet = sheet_of(slate)
    begun, codes = _begun(slate)
    missing = [d for d in sheet.decisions.values() if d.is_funding and d.published_at and d.pk not in begun]
    if not missing:
        return []
    facts = _facts(sheet, missing)
    made = _investments(slate.season, missing, facts, codes)
    _link(made, facts)
    _commit(made, facts)
    watch(slate.season, made)
    record_all(
        entry_for("begin investment", i, f"made funded proposal {i.title} an investment", by=by) for i in made
    )
    return made


@dataclass
class Facts:
    """What is read below for all decisions at once, by key of the proposal."""

    lines: dict[int, list[SlateLine]]
    sponsors: dict[int, list[Sponsorship]]
    heads: dict[int, int]
    goals: dict[int, int | None] = field(default_factory=dict)
    schools: dict[int, list[int]] = field(default_factory=dict)
    answers: dict[int, list[Endorsement]] = field(default_factory=lambda: defaultdict(list))


def _begun(slate: Slate) -> tuple[set[int | None], list[str]]:
    """Decisions that made an investment already, and the codes that are taken."""
    rows = Investment.objects.filter(Q(season=slate.season) | Q(decision__slate=slate))
    pairs = list(rows.order_by().values_list("decision_id", "code"))
    return {decision for decision, _ in pairs}, [code for _, code in pairs]


def _facts(sheet: Sheet, decisions: list[Decision]) -> Facts:
    keys = [decision.version.proposal_id for decision in decisions]
    heads = {post.unit_id: post.person_id for post in reversed(sheet.speakers) if post.role == Post.Role.HEAD}
    facts = Facts(sheet.lines_of, sheet.sponsors, heads)
    goals = Proposal.goals.through.objects.filter(proposal=OuterRef("pk")).order_by("goal__code")
    schools = Proposal.schools.through.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    for key, goal, named in Proposal.objects.filter(pk__in=keys).values_list(
        "pk",
        Subquery(goals.values("goal")[:1]),
        _joined(schools, "unit_id"),
    ):
        facts.goals[key], facts.schools[key] = goal, keys_in(named)
    endorsed = (Endorsement.Answer.ENDORSED, Endorsement.Answer.CONDITIONAL)
    answers = Endorsement.objects.current().filter(terms__ask__proposal__in=keys, answer__in=endorsed)
    for answer in answers.select_related("terms__ask", "condition").order_by("terms__ask__code"):
        facts.answers[answer.terms.ask.proposal_id].append(answer)
    return facts


def _joined(rows, column: str):
    """One text of a column of grouped rows."""
    return Subquery(rows.annotate(joined=Joined(column)).values("joined"))


def _investments(
    season: Season, decisions: list[Decision], facts: Facts, taken: list[str]
) -> list[Investment]:
    made = []
    for decision in decisions:
        key = decision.version.proposal_id
        lead = next(s for s in facts.sponsors[key] if s.is_lead)
        code = next_code(code_stem(season), taken)
        taken.append(code)
        made.append(
            investment_of(
                decision, decision.version.proposal, facts.lines.get(key, []), code=code, season=season,
                lead_id=lead.unit_id, head_id=facts.heads.get(lead.unit_id),
                goal_id=facts.goals[key],
            )
        )  # fmt: skip
    return Investment.objects.bulk_create(made)


def investment_of(
    decision: Decision, proposal: Proposal, lines: list[SlateLine], *, code: str, season: Season,
    lead_id: int, head_id: int | None, goal_id: int | None,
) -> Investment:  # fmt: skip
    """What a funded decision becomes; a workbook's decision the same as one of today."""
    years = min(max(proposal.cycle_years or season.years_costed, 1), LONGEST_CYCLE)
    funds = {line.cost_line.fund_id for line in lines}
    return Investment(
        season=season, decision=decision, code=code, title=proposal.title, owner_id=lead_id,
        owner_person_id=proposal.contact_id or head_id, research_partner_id=proposal.research_partner_id,
        goal_id=goal_id, cost_cents=sum(line.year1_cents for line in lines), cost_year=season.years[0],
        fund_id=funds.pop() if len(funds) == 1 else None, cycle_years=years,
        starts_on=season.fiscal_year_starts, ends_on=last_day(season.fiscal_year_starts, years),
        next_review_on=first_review(season),
    )  # fmt: skip


def code_stem(season: Season) -> str:
    """I-27 for FY27; the first of them is I-27-01."""
    return f"I-{season.years[0][-2:]}"


def first_review(season: Season) -> date:
    """The first stage after the start that is a review by name, else a year after the start."""
    start = season.fiscal_year_starts
    reviews = [s.opens for s in season.all_stages if "review" in s.name.lower() and s.opens > start]
    return min(reviews, default=years_after(start, 1))


def _link(made: list[Investment], facts: Facts) -> None:
    partners, schools = Investment.partners.through, Investment.schools.through
    partners.objects.bulk_create(
        partners(investment=i, unit_id=s.unit_id)
        for i in made
        for s in facts.sponsors[_key(i)]
        if not s.is_lead and s.accepted_at
    )
    schools.objects.bulk_create(
        schools(investment=i, unit_id=unit_id) for i in made for unit_id in facts.schools[_key(i)]
    )


def _commit(made: list[Investment], facts: Facts) -> None:
    today, duties = clock.today(), []
    for investment in made:
        for answer in facts.answers[_key(investment)]:
            terms, condition = answer.terms, getattr(answer, "condition", None)
            if condition and condition.refused_at:
                continue  # a refused condition is no endorsement
            unit_id = terms.ask.asked_unit_id
            duties.append(
                Commitment(
                    investment=investment, endorsement=answer, code=_duty_code(terms.ask.code),
                    owner_id=unit_id, owner_person_id=facts.heads.get(unit_id), what=terms.what,
                    due_on=terms.needed_by, status_on=today,
                    condition=_condition_in_words(condition) if condition else "",
                    condition_accepted=condition.accepted_at is not None if condition else None,
                )
            )  # fmt: skip
    Commitment.objects.bulk_create(duties)


def _condition_in_words(condition: Condition) -> str:
    """A condition that nobody settled is named as such."""
    return condition.text if condition.accepted_at else f"Condition not settled: {condition.text}"


def _duty_code(ask_code: str) -> str:
    return "C" + ask_code[1:] if ask_code.startswith("A-") else ask_code


def watch(season: Season, made: list[Investment]) -> None:
    """The goal's practical measures watch the investment from its first day."""
    of_others = InvestmentMeasure.objects.filter(investment__decision=None).values("measure")
    practical = Measure.objects.filter(season=season, is_practical=True).exclude(pk__in=of_others)
    by_goal = defaultdict(list)
    for measure in practical:
        by_goal[measure.goal_id].append(measure)
    InvestmentMeasure.objects.bulk_create(
        InvestmentMeasure(investment=i, measure=m) for i in made if i.goal_id for m in by_goal[i.goal_id]
    )


def _key(investment: Investment) -> int:
    return cast(Decision, investment.decision).version.proposal_id
