"""How many queries an act takes, session and once-key included, and that it takes no more for more rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import clock
from goals.models import Measure
from investments.models import Commitment, Investment, InvestmentMeasure
from proposals.models import Proposal
from reviews.models import Endorsement
from slates.models import Slate

from .test_items import rate

pytestmark = pytest.mark.django_db

POST_BUDGET = 16
# A release writes thirteen tables in its one transaction (proposals, decisions, deciders, slate, letters,
# history, investments, partners, schools, duties, measures, and its key twice), after everything that was
# approved is read once more under its locks.
RELEASE_BUDGET = 31
MARKS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


class Acts:
    """Posts forms and counts what the database was asked, without the marks of transactions."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def post(self, act: str, client, path: str, **data) -> None:
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path, {"once": act, **data})
        assert answer.status_code == 302, answer.content.decode()
        asked = [query["sql"] for query in queries.captured_queries]
        self.counts[act] = sum(not sql.upper().startswith(MARKS) for sql in asked)


def counted(decided, extra, clients, season, funds) -> dict[str, int]:
    """Every act on a slate, with `extra` more proposals that are bought in rank order."""
    acts, cfo = Acts(), clients["cfo"]
    base, proposals = f"/slates/{decided.slate.pk}/", {p.code: p for p in extra}
    first, rest = extra[0], extra[1:]
    acts.post("add", cfo, f"{base}add/{first.pk}/")
    for proposal in rest[1::2]:
        cfo.post(f"{base}add/{proposal.pk}/", {"once": f"add {proposal.pk}"})
    item = decided.slate.items.get(proposal=first)
    typed = {f"line{n.pk}-amount_cents": "500" for n in first.cost_lines.all()}
    typed |= {f"line{n.pk}-basis": "half" for n in first.cost_lines.all()}
    acts.post("change", cfo, f"{base}items/{item.pk}/", **typed)
    acts.post("part", cfo, f"{base}items/{item.pk}/part/", part=1, whole=2, basis="1 of 2")
    acts.post("copy", cfo, f"{base}copy/", name="Second")
    acts.post("rename", cfo, f"{base}rename/", name="Basis")
    acts.post("new", cfo, "/slates/new/", name="Third")
    acts.post("take off", cfo, f"{base}items/{item.pk}/remove/")
    acts.post("fill", cfo, f"{base}fill/")
    bought = {item.proposal_id for item in decided.slate.items.all()}
    reasons = {f"p{p.pk}-reason": "Why." for p in proposals.values()}
    outcomes = {
        f"p{p.pk}-outcome": "funded" if p.pk in bought else "deferred"
        for p in proposals.values()
        if p != first
    }
    del reasons[f"p{first.pk}-reason"]
    acts.post("decide", cfo, f"{base}decisions/", **reasons, **outcomes, **{
        f"p{decided.funded.pk}-outcome": "funded", f"p{decided.funded.pk}-reason": "Better words.",
        f"p{decided.deferred.pk}-outcome": "deferred", f"p{decided.deferred.pk}-reason": "Later.",
    })  # fmt: skip
    served, strained, _ = season.principles.all()
    said = {"outcome": "deferred", "reason": "R.", "served": served.number, "strained": strained.number}
    acts.post("decide one", cfo, f"{base}decisions/{first.pk}/", **said)
    turned = said | {"reason": "S.", "served": strained.number, "strained": served.number}
    acts.post("decide again", clients["superintendent"], f"{base}decisions/{first.pk}/", **turned)
    acts.post(
        "the rest", clients["superintendent"], f"{base}decisions/rest/", outcome="deferred", reason="R."
    )
    gf = funds["GF"].envelopes.filter(year="FY27")
    gf.update(available_cents=1)
    acts.post("let pass", cfo, f"{base}override/", key="envelope:GF:FY27", reason="The levy.")
    acts.post("take back", cfo, f"{base}override/back/", key="envelope:GF:FY27")
    gf.update(available_cents=100_000_000)
    acts.post("freeze", cfo, f"{base}freeze/")
    acts.post("unfreeze", cfo, f"{base}unfreeze/")
    cfo.post(f"{base}freeze/", {"once": "again"})
    fingerprint = Slate.objects.get(pk=decided.slate.pk).fingerprint
    for name in ("superintendent", "cfo"):
        acts.post(name, clients[name], f"{base}approve/", fingerprint=fingerprint, has_read="on")
    acts.post("release", cfo, f"{base}release/")
    assert Slate.objects.get(pk=decided.slate.pk).status == "released"
    begun = Investment.objects.filter(partners__isnull=False, schools__isnull=False)
    assert begun.exists() and Commitment.objects.exists() and InvestmentMeasure.objects.exists()
    return acts.counts


MOST = {"release": RELEASE_BUDGET}
SEEN: dict[int, dict[str, int]] = {}


@pytest.fixture
def rich(decided, people, units):
    """Nothing that a release writes is missing: partners, schools, duties, measures that watch."""
    Measure.objects.update(is_practical=True)
    for proposal in Proposal.objects.all():
        proposal.schools.add(units["BMS"], units["EHS"])
    terms = decided.funded.asks.get().current_terms
    Endorsement.objects.create(
        terms=terms, answer="endorsed", reason="Yes.", answered_at=clock.now(), answered_by=people.asked_head
    )
    return decided


@pytest.mark.parametrize("rows", [2, 10])
def test_acts_on_a_slate_ask_little_and_the_same(
    rows, rich, decided, make_vetted, signed_in, people, season, funds, rubric
):
    extra = [make_vetted(f"P-{n:02d}") for n in range(3, 3 + rows)]
    for proposal in extra[1:]:  # the first is to be turned down
        rate(proposal, people, rubric, 4)
    clients = {name: signed_in(getattr(people, name)) for name in ("cfo", "superintendent")}
    counts = counted(decided, extra, clients, season, funds)
    assert {name: n for name, n in counts.items() if n > MOST.get(name, POST_BUDGET)} == {}, counts
    SEEN[rows] = counts
    assert all(known == counts for known in SEEN.values()), SEEN
