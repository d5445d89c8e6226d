"""Everything that a slate page, its findings and its blockers read, each part in one query."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum

from funds.models import FundSource
from goals.models import Goal
from people.directory import SPEAKERS
from people.models import Post
from proposals.models import Ask, CostLine, Proposal, ProposalLink, ProposalVersion, Sponsorship
from proposals.rules import title_read
from proposals.workflow import ON_THE_TABLE, UNDER_REVIEW
from reviews.credits import credits_of
from reviews.models import Endorsement, asks_with_answers

from .models import Approval, Decision, Override, Slate, SlateItem, SlateLine


@dataclass(frozen=True)
class Money:
    """Cents of the three years, and posts."""

    years: tuple[int, int, int] = (0, 0, 0)
    fte: Decimal = Decimal(0)

    @property
    def first(self) -> int:
        return self.years[0]

    @property
    def total(self) -> int:
        return sum(self.years)

    def __add__(self, other: "Money") -> "Money":
        first, second, third = (a + b for a, b in zip(self.years, other.years, strict=True))
        return Money((first, second, third), self.fte + other.fte)


def money_of_line(line: SlateLine | CostLine) -> Money:
    return Money((line.year1_cents, line.year2_cents, line.year3_cents), line.fte or Decimal(0))


@dataclass(frozen=True)
class FundYear:
    """One envelope against the slate; `available` is None where no envelope is stated."""

    fund: FundSource
    year: str
    available: int | None
    on_slate: int

    @property
    def left(self) -> int:
        return (self.available or 0) - self.on_slate

    @property
    def over(self) -> int:
        return max(0, -self.left)


def with_requested(proposals):
    """Proposals with the sums of their cost lines annotated."""
    years = {f"asked_year{n}": Sum(f"cost_lines__year{n}_cents", default=0) for n in (1, 2, 3)}
    return proposals.annotate(**years, asked_fte=Sum("cost_lines__fte", default=Decimal(0)))


def requested_by(proposal: Proposal) -> Money:
    """What a proposal from `with_requested` asks for."""
    return Money((proposal.asked_year1, proposal.asked_year2, proposal.asked_year3), proposal.asked_fte)


class Sheet:
    """One slate with all that is read of it. Parts are fetched when asked for, once."""

    def __init__(self, slate: Slate, *, with_deciders: bool = False) -> None:
        """`with_deciders` where verbs say who decided."""
        self.with_deciders = with_deciders
        self.slate = slate
        self.season = slate.season
        self.years = list(slate.season.years)

    @cached_property
    def lines(self) -> list[SlateLine]:
        related = ("item__proposal", "cost_line__function", "cost_line__object", "cost_line__benefits_object")
        lines = SlateLine.objects.filter(item__slate=self.slate).select_related(*related)
        schools = Proposal.schools.through.objects.filter(proposal=OuterRef("item__proposal"))
        lines = lines.annotate(
            read_title=title_read("item__proposal__"),
            names_title_i=Exists(schools.filter(unit__is_title_i=True)),
            names_others=Exists(schools.filter(unit__is_title_i=False)),
        )
        return list(lines.order_by("item__proposal__code", "cost_line__number"))

    @cached_property
    def lines_of(self) -> dict[int, list[SlateLine]]:
        """Lines on the slate, by proposal."""
        lines = defaultdict(list)
        for line in self.lines:
            lines[line.item.proposal_id].append(line)
        return dict(lines)

    @cached_property
    def _rows(self) -> list[Proposal]:
        items = SlateItem.objects.filter(slate=self.slate)
        statuses = self._statuses and (*self._statuses, *UNDER_REVIEW)
        rows = Proposal.objects.filter(
            Q(season=self.season, status__in=statuses) | Q(pk__in=items.values("proposal_id"))
        )
        newest = ProposalVersion.objects.filter(proposal=OuterRef("pk")).order_by("-number").values("pk")[:1]
        rows = with_requested(rows).annotate(newest_version_id=Subquery(newest), read_title=title_read())
        return list(rows.annotate(is_listed=Exists(items.filter(proposal=OuterRef("pk")))))

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What the slate may list, and what it lists although it may not any more."""
        return [p for p in self._rows if p.is_listed or p.status not in UNDER_REVIEW]

    @property
    def under_review(self) -> list[Proposal]:
        """What must be cleared or withdrawn before the slate can bind."""
        return [p for p in self._rows if p.status in UNDER_REVIEW]

    @cached_property
    def others(self) -> list[Slate]:
        """The other slates of the season."""
        if self.slate.others is not None:
            return self.slate.others
        return list(Slate.objects.filter(season=self.season).exclude(pk=self.slate.pk))

    @property
    def _statuses(self):
        return ON_THE_TABLE if self.slate.released_at is None else ()

    @cached_property
    def by_pk(self) -> dict[int, Proposal]:
        return {proposal.pk: proposal for proposal in self.proposals}

    @cached_property
    def chosen(self) -> list[Proposal]:
        """Proposals on the slate, by code."""
        return list({line.item.proposal_id: line.item.proposal for line in self.lines}.values())

    @cached_property
    def money(self) -> dict[int, Money]:
        """What of each proposal is on the slate."""
        return {
            pk: sum((money_of_line(line) for line in lines), Money()) for pk, lines in self.lines_of.items()
        }

    def money_on(self, proposal: Proposal) -> Money:
        return self.money.get(proposal.pk, Money())

    @property
    def total(self) -> Money:
        return sum(self.money.values(), Money())

    def is_in_part(self, proposal: Proposal) -> bool:
        """Less than requested in some year, or fewer posts?"""
        kept, asked = self.money_on(proposal), requested_by(proposal)
        return any(k < a for k, a in zip(kept.years, asked.years, strict=True)) or kept.fte < asked.fte

    @cached_property
    def funds(self) -> list[FundSource]:
        """Each with `stated`: the cents of its envelopes, by year."""
        return self.funds_with()

    def funds_with(self, **also: Subquery) -> list[FundSource]:
        rows = FundSource.objects.filter(season=self.season.name).annotate(**also)
        funds: dict[int, FundSource] = {}
        for row in rows.annotate(of_year=F("envelopes__year"), cents=F("envelopes__available_cents")):
            fund = funds.setdefault(row.pk, row)
            fund.stated = {**getattr(fund, "stated", {}), row.of_year: row.cents}
        return list(funds.values())

    @cached_property
    def spent(self) -> dict[tuple[int, int], int]:
        """Cents on the slate by fund and year, the first year being 0."""
        spent: dict[tuple[int, int], int] = defaultdict(int)
        for line in self.lines:
            for n, cents in enumerate(money_of_line(line).years):
                spent[line.cost_line.fund_id, n] += cents
        return dict(spent)

    @cached_property
    def fund_years(self) -> list[list[FundYear]]:
        """For each fund its years, as a table's rows."""
        return [
            [
                FundYear(fund, year, fund.stated.get(year), self.spent.get((fund.pk, n), 0))
                for n, year in enumerate(self.years)
            ]
            for fund in self.funds
        ]

    @cached_property
    def asks(self) -> dict[int, list[Ask]]:
        """Asks as sent, with the answer that counts and what became of its condition, by proposal.

        The slate's and the table's. What was not sent yet waits for nobody.
        """
        asks = defaultdict(list)
        items = SlateItem.objects.filter(slate=self.slate).values("proposal_id")
        within = Q(proposal__season=self.season, proposal__status__in=self._statuses) | Q(proposal__in=items)
        newest = Endorsement.objects.filter(terms=OuterRef("current_terms_id")).order_by("-number")
        sent = asks_with_answers(Ask.objects.sent().filter(within)).annotate(
            condition_accepted_at=Subquery(newest.values("condition__accepted_at")[:1]),
            condition_refused_at=Subquery(newest.values("condition__refused_at")[:1]),
        )
        for ask in sent.select_related("asked_unit"):
            asks[ask.proposal_id].append(ask)
        return dict(asks)

    def declined(self, proposal: Proposal) -> list[Ask]:
        return [ask for ask in self._asks_of(proposal) if ask.current_answer == Endorsement.Answer.DECLINED]

    @cached_property
    def shaped_by(self) -> dict[int, list[str]]:
        """By whom each proposal was shaped."""
        return credits_of(list(self.by_pk))

    def unanswered(self, proposal: Proposal) -> list[Ask]:
        return [ask for ask in self._asks_of(proposal) if not ask.current_answer]

    def conditional(self, proposal: Proposal) -> list[Ask]:
        """Endorsed, if a condition holds."""
        return [a for a in self._asks_of(proposal) if a.current_answer == Endorsement.Answer.CONDITIONAL]

    def _asks_of(self, proposal: Proposal) -> list[Ask]:
        return self.asks.get(proposal.pk, [])

    @cached_property
    def decisions(self) -> dict[int, Decision]:
        """Decisions of this slate, by proposal."""
        rows = (
            Decision.objects.filter(slate=self.slate)
            .select_related("version__proposal")
            .defer("version__content")
        )
        if self.with_deciders:
            rows = rows.with_deciders()
        return {row.version.proposal_id: row for row in rows.order_by("version__proposal__code")}

    @cached_property
    def sponsors(self) -> dict[int, list[Sponsorship]]:
        """Standing sponsors of what is decided, the lead first, by proposal."""
        rows = Sponsorship.objects.standing().filter(proposal__in=list(self.decisions))
        sponsors = defaultdict(list)
        for row in rows.order_by("-is_lead", "pk"):
            sponsors[row.proposal_id].append(row)
        return sponsors

    @cached_property
    def speakers(self) -> list[Post]:
        """Heads and deputies of all units today."""
        posts = Post.objects.current().filter(role__in=SPEAKERS, person__is_active=True)
        return list(posts.select_related("person").order_by("pk"))

    def newest_version_of(self, proposal: Proposal) -> int | None:
        """Key of the version that a decision points at; None when nothing was ever submitted."""
        return proposal.newest_version_id

    @cached_property
    def overrides(self) -> dict[str, Override]:
        return {o.finding_key: o for o in self.slate.overrides.select_related("overridden_by")}

    @cached_property
    def turned(self) -> dict[str, Approval]:
        """Keys turned on the slate as it stands frozen."""
        approvals = self.slate.approvals.filter(fingerprint=self.slate.fingerprint)
        return {approval.key: approval for approval in approvals.select_related("approved_by")}

    @cached_property
    def links(self) -> list[ProposalLink]:
        """What proposals on the slate depend on or conflict with."""
        kinds = (ProposalLink.Kind.DEPENDS_ON, ProposalLink.Kind.CONFLICTS)
        links = ProposalLink.objects.filter(source__season=self.season, kind__in=kinds)
        return list(links.select_related("source", "target"))

    @cached_property
    def goals_left_out(self) -> list[Goal]:
        """Published goals that nothing on the slate serves."""
        served = SlateItem.objects.filter(slate=self.slate, proposal__goals=OuterRef("pk"))
        return list(Goal.objects.published().filter(~Exists(served), season=self.season))

    @cached_property
    def schools(self) -> dict[int, list[tuple[str, bool]]]:
        """Schools of the chosen proposals as (code, Title I?), by proposal."""
        rows = Proposal.schools.through.objects.filter(proposal_id__in=list(self.lines_of))
        named = defaultdict(list)
        for pk, code, title_i in rows.values_list("proposal_id", "unit__code", "unit__is_title_i"):
            named[pk].append((code, title_i))
        return dict(named)
