"""Acts that touch many rows at once: as many queries for two rows of each kind as for ten."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity import clock
from goals.models import Principle, RootCause
from people.models import Post, Unit
from proposals.actions import asks, drafting, intents, merging, offers, plan, schools
from proposals.models import (
    Attachment,
    CostLine,
    Offer,
    Proposal,
    ProposalLink,
    Scale,
    SchoolDemand,
    Section,
    Sponsorship,
)

pytestmark = pytest.mark.django_db

POST_BUDGET = 16
# A merger writes eighteen tables: two drafts with their texts, sponsors, lines, asks and terms, links, hours,
# four lists, files and frozen versions, the merger and history; each is read before under the locks.
MERGE_BUDGET = 52
# A copy reads and writes fourteen tables: texts and their updates, five lists, hours, sizes, milestones,
# files, asks and lines.
COPY_BUDGET = 46
MARKS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
SEEN: dict[str, dict[int, int]] = {}


def same_for_any(act: str, rows: int, client, path: str, most: int = POST_BUDGET, **data) -> None:
    """Post a form; it stays within the budget, and asks the same for every number of rows."""
    assert connection.features.supports_json_field  # asked of the database once for each process
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(path, {"once": act, **data})
    assert answer.status_code == 302
    counts = SEEN.setdefault(act, {})
    counts[rows] = sum(not q["sql"].upper().startswith(MARKS) for q in queries.captured_queries)
    assert counts[rows] <= most, [q["sql"][:160] for q in queries.captured_queries]
    assert len(set(counts.values())) == 1, counts


@pytest.fixture(params=[2, 10])
def rows(request) -> int:
    return request.param


@pytest.fixture
def more(rows, people) -> list[Unit]:
    """Units beside those of the cast, for which the lead's head speaks, too."""
    made = [Unit(code=f"U{n}", name=f"Unit {n}", kind="department") for n in range(rows)]
    Unit.objects.bulk_create(made)
    Post.objects.bulk_create(Post(person=people.lead_head, unit=unit, role="head") for unit in made)
    people.lead_head.forget_posts()
    return made


@pytest.fixture
def offered(season, people, units, goal, more, at_stage):
    """An intent of SSS, to which TL and as many other units offered to join."""
    at_stage("intents")
    intent = intents.post_intent(
        season=season, unit=units["SSS"], title="Buses", idea="Later buses.", goals=[goal],
        by=people.partner_head,
    )  # fmt: skip
    for unit in [units["TL"], *more]:
        offers.offer_to_join_intent(intent=intent, unit=unit, brings="Hands.", by=people.lead_head)
    return intent


def test_starting_from_an_intent_brings_everybody(rows, offered, units, partner_head, signed_in):
    path = f"/proposals/new/?intent={offered.pk}"
    same_for_any("start", rows, signed_in(partner_head), path, unit=units["SSS"].pk, title="Buses")
    started = Proposal.objects.get()
    assert started.sponsorships.standing().count() == rows + 2
    assert started.goals.exists() and not offered.offers.standing().exists()


@pytest.fixture
def rich(rows, joint_draft, people, units, goal, funds, accounts, more):
    """P-02 of HRT and others, with as many rows of each kind; a merger into P-01 is proposed."""
    season, by = joint_draft.season, people.hr_head
    other = drafting.start_proposal(season=season, unit=units["HRT"], title="Hiring", by=by)
    texts = dict.fromkeys(Section.Kind.values, "We hire coaches.")
    drafting.edit_sections(proposal=other, texts=texts, by=by)
    RootCause.objects.bulk_create(RootCause(goal=goal, code=f"K{n}", description="x") for n in range(rows))
    for draft in (joint_draft, other):
        draft.goals.set([goal])
        draft.principles_served.set(Principle.objects.all())
    other.causes.set(RootCause.objects.all())
    other.principles_strained.set(Principle.objects.all())
    other.schools.set([units["BMS"], units["EHS"]])
    now = clock.now()
    Sponsorship.objects.bulk_create(
        Sponsorship(proposal=draft, unit=unit, invited_at=now, invited_by=by)
        for draft, sponsors in ((other, more), (joint_draft, more[::2]))
        for unit in sponsors
    )
    CostLine.objects.bulk_create(
        CostLine(
            proposal=other, number=n, unit=units["HRT"], description="x", fund=funds["GF"],
            function=accounts["1000"], object=accounts["610"], year1_cents=100,
        )
        for n in range(1, rows + 1)
    )  # fmt: skip
    for n in range(rows):
        unit = Unit.objects.create(code=f"A{n}", name=f"Asked {n}", kind="department")
        terms = {"what": "A payroll run", "effort_hours": 10, "effort_per": "year"}
        asks.send_ask(ask=asks.add_ask(proposal=other, unit=unit, values=terms, by=by), by=by)
        third = Proposal.objects.create(
            season=season, code=f"T-{n}", title="Third", created_at=now, created_by=by, contact=by
        )
        Offer.objects.create(proposal=other, unit=unit, brings="Hands.", offered_at=now, offered_by=by)
        ProposalLink.objects.create(source=other, kind="supports", target=third)
        ProposalLink.objects.create(source=third, kind="depends_on", target=other)
        Attachment.objects.create(
            proposal=other, name=f"{n}.pdf", kind="pdf", size=1, sha256=f"{n:064}", stored=f"a/{n}",
            added_at=now, added_by=by,
        )  # fmt: skip
    asks.add_ask(proposal=other, unit=units["SSS"], values={"what": "Join in"}, by=by)
    months = [date(2026, 9 + n % 4, 1) for n in range(4)]
    for draft, person, count in ((joint_draft, people.lead_head, 2), (other, by, 4)):
        schools.set_demands(
            proposal=draft, schools=[units["BMS"], units["EHS"]], months=months[:count],
            activity="meeting", hours=5, by=person,
        )  # fmt: skip
    return merging.propose_merger(
        kept=joint_draft, merged=other, mine=joint_draft, reason="The same.", by=people.lead_head
    )


def test_merging_moves_everything(rows, rich, people, signed_in):
    same_for_any(
        "merge", rows, signed_in(people.hr_head), reverse("merger", args=[rich.pk]), most=MERGE_BUDGET
    )
    kept = Proposal.objects.get(pk=rich.kept_id)
    assert (kept.cost_lines.count(), kept.attachments.count()) == (rows + 1, rows)
    assert (kept.sponsorships.standing().count(), kept.causes.count()) == (rows + 3, rows + 1)
    assert (kept.links_out.count(), kept.links_in.count()) == (rows, rows)
    assert (kept.asks.standing().count(), kept.offers.standing().count()) == (rows + 1, rows)
    assert sum(SchoolDemand.objects.values_list("hours", flat=True)) == 60
    assert kept.sections.filter(text__contains="We hire coaches.").count() == len(Section.Kind)


def test_a_copy_takes_any_number_of_rows_along(rows, rich, people, units, signed_in):
    source, by = rich.merged, people.hr_head
    for n in range(rows):
        plan.add_milestone(
            proposal=source, values={"what": f"{n}", "due_on": date(2027, 1, 1), "unit": units["HRT"]}, by=by
        )
    for kind in Scale.Kind.values[: 1 + rows // 5]:
        plan.set_scale(proposal=source, kind=kind, values={"effect": "Some."}, by=by)
    path = reverse("proposal_copy", args=[source.pk])
    data = {"unit": units["HRT"].pk, "title": "Again"}
    same_for_any("copy", rows, signed_in(by), path, most=COPY_BUDGET, **data)
    copied = Proposal.objects.get(title="Again")
    assert (copied.cost_lines.count(), copied.asks.count()) == (rows, rows + 1)
    assert (copied.attachments.count(), copied.causes.count()) == (rows, rows + 1)
