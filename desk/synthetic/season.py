"""The proposals of a season: drafts, submitted and vetted ones, with all that hangs on them."""

from datetime import timedelta
from decimal import Decimal

from activity import clock
from activity.actions import entry_for
from activity.models import Entry
from proposals.models import (
    Ask,
    AskTerms,
    CostLine,
    Proposal,
    ProposalVersion,
    Section,
    SignOn,
    Sponsorship,
)
from proposals.models.content import content_of, substance_of, substance_rows
from proposals.workflow import Status
from reviews.models import Assignment, Endorsement, Feedback, Rating

from .frame import Frame

BATCH = 500
REVIEWERS = 6  # for each proposal
STATUSES = (
    [Status.DRAFT] + [Status.SUBMITTED] * 5 + [Status.IN_REVISION] + [Status.VETTED] * 3
)  # of ten proposals
ANSWERS = ["endorsed", "endorsed", "endorsed", "conditional", "declined", "not_affected", "", ""]
WORDS = "The units plan the work together, week by week, and say what each of them brings. " * 6


def make_proposals(frame: Frame, count: int, lines: int, asks: int) -> None:
    """`count` proposals with their parts, written in bulk."""
    proposals = _rows_of_proposals(frame, count)
    sponsorships = _sponsorships(frame, proposals)
    _sections(proposals)
    _cost_lines(frame, proposals, lines)
    _asks(frame, proposals, asks)
    versions = _versions(frame, proposals)
    _sign_ons(frame, versions, sponsorships)
    _reviews(frame, versions)
    _entries(frame, proposals)


def _rows_of_proposals(frame: Frame, count: int) -> list[Proposal]:
    now = clock.now()
    rows = []
    for n in range(1, count + 1):
        lead = frame.departments[n % len(frame.departments)]
        head, status = frame.head_of[lead.pk], STATUSES[n % len(STATUSES)]
        sent = {} if status == Status.DRAFT else {"submitted_at": now, "submitted_by": head}
        rows.append(
            Proposal(season=frame.season, code=f"P-{n:05d}", title=f"Proposal {n}", status=status,
                     reach="District", students_served=100 + n % 900, cycle_years=3, contact=head,
                     created_at=now - timedelta(60), created_by=head, **sent)
        )  # fmt: skip
    proposals = Proposal.objects.bulk_create(rows, batch_size=BATCH)
    goals, causes = Proposal.goals.through, Proposal.causes.through
    goals.objects.bulk_create(
        (goals(proposal=p, goal=frame.goals[n % len(frame.goals)]) for n, p in enumerate(proposals)),
        batch_size=BATCH,
    )
    causes.objects.bulk_create(
        (causes(proposal=p, rootcause=frame.causes[n % len(frame.causes)]) for n, p in enumerate(proposals)),
        batch_size=BATCH,
    )
    return proposals


def _sponsorships(frame: Frame, proposals: list[Proposal]) -> dict[int, list[Sponsorship]]:
    now, rows, units = clock.now(), [], frame.departments
    for n, proposal in enumerate(proposals, 1):
        for k in range(1 + n % 4):
            unit = units[(n + k * 7) % len(units)]
            if k and unit in {row.unit for row in rows[-k:]}:
                break
            head = frame.head_of[unit.pk]
            rows.append(
                Sponsorship(proposal=proposal, unit=unit, is_lead=k == 0, contribution="Time and people.",
                            invited_at=now, invited_by=head, accepted_at=now, accepted_by=head)
            )  # fmt: skip
    found: dict[int, list[Sponsorship]] = {}
    for row in Sponsorship.objects.bulk_create(rows, batch_size=BATCH):
        found.setdefault(row.proposal_id, []).append(row)
    return found


def _sections(proposals: list[Proposal]) -> None:
    Section.objects.bulk_create(
        (
            Section(proposal=proposal, kind=kind, text=WORDS)
            for proposal in proposals
            for kind in Section.Kind.values
        ),
        batch_size=BATCH,
    )


def _shares(total: int, parts: int) -> list[int]:
    """`total` dealt out evenly over `parts`."""
    return [total // parts + (n < total % parts) for n in range(parts)]


def _cost_lines(frame: Frame, proposals: list[Proposal], total: int) -> None:
    pick = frame.random.choice
    CostLine.objects.bulk_create(
        (
            CostLine(
                proposal=proposal, number=number, description=f"Line {number}",
                unit=pick(frame.departments), fund=pick(frame.funds), function=pick(frame.functions),
                object=pick(frame.objects), fte=Decimal("0.5") if number % 2 else None,
                position=pick(frame.positions) if number % 2 else None,
                year1_cents=number * 1_234_500, year2_cents=number * 1_270_000, year3_cents=0,
            )
            for proposal, count in zip(proposals, _shares(total, len(proposals)), strict=True)
            for number in range(1, count + 1)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _asks(frame: Frame, proposals: list[Proposal], total: int) -> None:
    now, units = clock.now(), frame.departments
    load = {"what": "Help with the work", "effort_hours": 40, "effort_per": "year"}
    by = clock.today() + timedelta(120)
    rows = [
        Ask(proposal=proposal, code=f"A-{proposal.code[2:]}-{k}", created_at=now, needed_by=by,
            asked_unit=units[(n * 3 + k * 5 + 1) % len(units)], **load)
        for n, (proposal, count) in enumerate(zip(proposals, _shares(total, len(proposals)), strict=True))
        for k in range(1, count + 1)
    ]  # fmt: skip
    asks = Ask.objects.bulk_create(rows, batch_size=BATCH)
    terms = AskTerms.objects.bulk_create(
        (
            AskTerms(ask=ask, number=1, sponsors="D001", answer_due_on=frame.season.answers_due_on,
                     sent_at=now, sent_by=ask.proposal.created_by, **ask.values())
            for ask in asks
        ),
        batch_size=BATCH,
    )  # fmt: skip
    answered = ((row, ANSWERS[n % len(ANSWERS)]) for n, row in enumerate(terms))
    Endorsement.objects.bulk_create(
        (
            Endorsement(terms=row, answer=answer, reason="We looked at our load.", answered_at=now,
                        answered_by=frame.head_of[row.ask.asked_unit_id])
            for row, answer in answered
            if answer
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _versions(frame: Frame, proposals: list[Proposal]) -> list[ProposalVersion]:
    """The submitted version of every circulated proposal, frozen as the verb would."""
    keys = [p.pk for p in proposals if p.status != Status.DRAFT]
    versions: list[ProposalVersion] = []
    for start in range(0, len(keys), 200):
        chunk = Proposal.objects.filter(pk__in=keys[start : start + 200]).order_by("pk")
        rows = []
        for proposal in chunk.select_related("contact", "created_by").prefetch_related(*substance_rows()):
            content = content_of(proposal)
            rows.append(
                ProposalVersion(proposal=proposal, number=1, kind="submission", content=content,
                                substance=substance_of(content), frozen_at=clock.now(),
                                frozen_by=proposal.created_by)
            )  # fmt: skip
        versions += ProposalVersion.objects.bulk_create(rows, batch_size=BATCH)
    return versions


def _sign_ons(frame: Frame, versions: list[ProposalVersion], sponsorships: dict) -> None:
    SignOn.objects.bulk_create(
        (
            SignOn(sponsorship=row, version=version, contribution=row.contribution, signed_at=clock.now(),
                   signed_by=frame.head_of[row.unit_id])
            for version in versions
            for row in sponsorships[version.proposal_id]
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _reviews(frame: Frame, versions: list[ProposalVersion]) -> None:
    now, steward = clock.now(), frame.people["steward"]
    assignments, ratings, feedback = [], [], []
    for n, version in enumerate(versions):
        for person in _reviewers(frame, n):
            assignments.append(
                Assignment(proposal=version.proposal, reviewer=person, assigned_at=now, assigned_by=steward)
            )
            if frame.random.random() < 0.8:
                ratings += [
                    Rating(version=version, criterion=criterion, reviewer=person, rated_at=now,
                           value=frame.random.randint(1, 5))
                    for criterion in frame.criteria
                ]  # fmt: skip
        feedback += [
            Feedback(version=version, code=f"F-{n}-{k}", kind=kind, text="Please say more.", written_at=now,
                     written_by=steward, unit=frame.departments[(n + 3) % len(frame.departments)])
            for k, kind in enumerate(("question", "critique", "strength"))
        ]  # fmt: skip
    for model, rows in ((Assignment, assignments), (Rating, ratings), (Feedback, feedback)):
        model.objects.bulk_create(rows, batch_size=BATCH)


def _reviewers(frame: Frame, n: int) -> list:
    """Different heads that sponsor nothing near this proposal."""
    units = frame.departments
    heads = [frame.head_of[units[(n + 40 + k) % len(units)].pk] for k in range(REVIEWERS)]
    return list({head.pk: head for head in heads}.values())


def _entries(frame: Frame, proposals: list[Proposal]) -> None:
    acts = (("start", "started"), ("sign on", "signed on to"), ("submit", "submitted"))
    Entry.objects.bulk_create(
        (
            entry_for(verb, proposal, f"{words} {proposal}", by=proposal.created_by)
            for proposal in proposals
            for verb, words in (acts[:1] if proposal.status == Status.DRAFT else acts)
        ),
        batch_size=BATCH,
    )
