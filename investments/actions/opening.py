"""Funded decisions become investments, and endorsed asks become duties. Pulled, and safe to run again."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import cast

from django.db import transaction

from activity import clock
from activity.actions import entry_for
from activity.models import Entry
from activity.refused import allow, refuse_if
from goals.models import Measure, Season
from people.models import Post, User
from proposals.models import LONGEST_CYCLE, Proposal, Sponsorship
from reviews.models import Condition, Endorsement
from slates.models import Decision, Slate, SlateLine
from slates.rules import can_release

from .. import rules
from ..arithmetic import last_day, years_after
from ..models import Commitment, Investment, InvestmentMeasure


@transaction.atomic
def open_investments(*, slate: Slate, by: User | None = None) -> list[Investment]:
    """Make the missing investments of a released slate, with their commitments and measures.

    A decision makes one investment, ever; a second run makes nothing. `by` is None in a command.
    """
    slate = Slate.objects.select_for_update(of=("self",)).select_related("season").get(pk=slate.pk)
    allow(by is None or can_release(by), "Only the superintendent and the CFO begin investments.")
    refuse_if(rules.blockers_to_open(slate))
    decisions = _missing(slate)
    if not decisions:
        return []
    facts = _facts(slate, decisions)
    made = _investments(slate.season, decisions, facts)
    _link(made, facts)
    _commit(made, facts)
    _watch(slate.season, made)
    Entry.objects.bulk_create(
        entry_for("begin_investment", i, f"made funded proposal {i.title} an investment", by=by) for i in made
    )
    return made


@dataclass
class Facts:
    """What is read below for all decisions at once, by key of the proposal."""

    proposals: dict[int, Proposal]
    sponsors: dict[int, list[Sponsorship]] = field(default_factory=lambda: defaultdict(list))
    lines: dict[int, list[SlateLine]] = field(default_factory=lambda: defaultdict(list))
    goals: dict[int, int] = field(default_factory=dict)
    schools: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    answers: dict[int, list[Endorsement]] = field(default_factory=lambda: defaultdict(list))
    heads: dict[int, int] = field(default_factory=dict)


def _missing(slate: Slate) -> list[Decision]:
    rows = Decision.objects.released().filter(slate=slate, outcome__in=Decision.FUNDING, investment=None)
    return list(rows.select_related("version").defer("version__content").order_by("version__proposal__code"))


def _facts(slate: Slate, decisions: list[Decision]) -> Facts:
    keys = [decision.version.proposal_id for decision in decisions]
    facts = Facts(Proposal.objects.in_bulk(keys))
    for row in Sponsorship.objects.standing().filter(proposal__in=keys).order_by("-is_lead", "pk"):
        facts.sponsors[row.proposal_id].append(row)
    for line in SlateLine.objects.filter(item__slate=slate).select_related("item", "cost_line"):
        facts.lines[line.item.proposal_id].append(line)
    goals = Proposal.goals.through.objects.filter(proposal__in=keys).order_by("-goal__code")
    facts.goals = dict(goals.values_list("proposal_id", "goal_id"))  # the first code comes last and stays
    for proposal_id, unit_id in Proposal.schools.through.objects.filter(proposal__in=keys).values_list(
        "proposal_id", "unit_id"
    ):
        facts.schools[proposal_id].append(unit_id)
    answers = Endorsement.objects.current().filter(
        terms__ask__proposal__in=keys, answer__in=Endorsement.SUPPORT
    )
    for answer in answers.select_related("terms__ask", "condition").order_by("terms__ask__code"):
        facts.answers[answer.terms.ask.proposal_id].append(answer)
    heads = Post.objects.current().filter(role=Post.Role.HEAD, person__is_active=True).order_by("-pk")
    facts.heads = dict(heads.values_list("unit_id", "person_id"))
    return facts


def _investments(season: Season, decisions: list[Decision], facts: Facts) -> list[Investment]:
    codes = _next_codes(season)
    review = _first_review(season)
    made = []
    for decision in decisions:
        key = decision.version.proposal_id
        proposal, lines = facts.proposals[key], facts.lines[key]
        lead = next(s for s in facts.sponsors[key] if s.is_lead)
        years = min(max(proposal.cycle_years or season.years_costed, 1), LONGEST_CYCLE)
        funds = {line.cost_line.fund_id for line in lines}
        made.append(
            Investment(
                season=season, decision=decision, code=next(codes), title=proposal.title,
                owner_id=lead.unit_id, owner_person_id=proposal.contact_id or facts.heads.get(lead.unit_id),
                research_partner_id=proposal.research_partner_id, goal_id=facts.goals.get(key),
                cost_cents=sum(line.year1_cents for line in lines), cost_year=season.years[0],
                fund_id=funds.pop() if len(funds) == 1 else None, cycle_years=years,
                starts_on=season.fiscal_year_starts, ends_on=last_day(season.fiscal_year_starts, years),
                next_review_on=review,
            )
        )  # fmt: skip
    return Investment.objects.bulk_create(made)


def _next_codes(season: Season):
    """I-27-01 and so on for FY27, after the highest number taken."""
    stem = f"I-{season.years[0][-2:]}-"
    taken = Investment.objects.filter(season=season, code__startswith=stem).values_list("code", flat=True)
    numbers = [int(found[0]) for code in taken if (found := re.findall(r"\d+$", code))]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"{stem}{number:02d}"


def _first_review(season: Season):
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


def _watch(season: Season, made: list[Investment]) -> None:
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
