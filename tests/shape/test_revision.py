"""While sponsors revise, everybody else reads what was circulated last: no page tells a word that is new."""

import io
import re
import zipfile
from datetime import date

import pytest

from proposals.actions import asks, drafting, links, plan, sponsors
from proposals.actions.baton import pass_on
from proposals.models import Proposal, Section, Sponsorship
from slates.models import Slate, SlateItem, SlateLine

from .test_pages import addresses, rows  # noqa: F401

NEW = "Quokkas hop"
# Answered with this word, and never with the one that follows it. Two slates are put side by side.
ASKED = {"q": "quokkas", "text": "quokkas", "words": "quokkas", "a": "1", "b": "2"}
LEAST_OPENED = {"hr_head": 40, "steward": 60, "superintendent": 50}


@pytest.fixture
def revised(rows, at_stage, people, units):  # noqa: F811
    """P-01 is back with its sponsors, who wrote something new into everything that has words."""
    proposal, by = Proposal.objects.get(pk=rows["proposals"]), people.lead_head
    at_stage("revision")
    pass_on(proposal=proposal, act="return", by=people.steward, sentence="returned P-01 for revision")
    drafting.edit_details(proposal=proposal, values={"title": NEW, "reach": NEW, "grades": NEW}, by=by)
    drafting.edit_sections(proposal=proposal, texts=dict.fromkeys(Section.Kind.values, NEW), by=by)
    lead = Sponsorship.objects.get(proposal=proposal, is_lead=True)
    sponsors.edit_contribution(sponsorship=lead, contribution=NEW, by=by)
    Proposal.objects.filter(pk=proposal.pk).update(intent=rows["intents"])
    asks.add_ask(proposal=proposal, unit=units["RAA"], values={"what": NEW}, by=by)
    milestone = {"what": NEW, "due_on": date(2026, 9, 1), "unit": units["TL"]}
    plan.add_milestone(proposal=proposal, values=milestone, by=by)
    plan.set_scale(
        proposal=proposal, kind="bold", values={"year1_cents": 1, "effect": NEW, "changes": NEW}, by=by
    )
    return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def listed(revised):
    """Two slates that a builder filled before it was returned."""
    other = Slate.objects.create(season=revised.season, name="Second", created_at=revised.created_at)
    SlateItem.objects.create(slate=other, proposal=revised)
    line = revised.cost_lines.first()
    for item in SlateItem.objects.all():
        SlateLine.objects.create(item=item, cost_line=line, year1_cents=100)


@pytest.fixture
def beside(revised, people, units):
    """P-02 of HRT, still a draft, for the same goal by the same cause; it depends on P-01."""
    by = people.hr_head
    draft = drafting.start_proposal(season=revised.season, unit=units["HRT"], title="Hiring", by=by)
    Proposal.objects.filter(pk=draft.pk).update(late_until=date(2026, 12, 1))
    same = {name: list(getattr(revised, name).all()) for name in ("goals", "causes")}
    drafting.edit_details(proposal=draft, values=same, by=by)
    links.add_link(source=draft, kind="depends_on", target=revised, by=by)
    return draft


@pytest.fixture
def where(rows, revised, listed, beside):  # noqa: F811
    """Every address, with the keys of P-01, and the workspace of P-02."""
    number = revised.versions.get(kind="submission").number
    rows = rows | {"versions": number, "milestones": 1}
    own = [path for path in addresses(rows | {"proposals": beside.pk}) if f"/proposals/{beside.pk}/" in path]
    return [*addresses(rows), *own]


def words_of(answer) -> str:
    """What an address answers, workbooks unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace")


def tells(answer) -> bool:
    return re.search(r"quokkas\W+hop", words_of(answer), re.I) is not None


@pytest.mark.parametrize("who", LEAST_OPENED)
def test_nothing_of_a_revision_is_told(who, where, people, signed_in, monkeypatch):
    monkeypatch.setattr("desk.views.proposal.pdf_of", lambda _name, values: str(values).encode())
    client = signed_in(getattr(people, who))
    answers = {path: client.get(path, ASKED) for path in where}
    assert "\n".join(path for path, answer in answers.items() if tells(answer)) == ""
    opened = sum(answer.status_code == 200 for answer in answers.values())
    assert opened >= LEAST_OPENED[who], "the rule is empty when addresses lead nowhere"


def test_the_rule_finds_what_sponsors_read(revised, people, signed_in):
    client = signed_in(people.partner_head)
    assert tells(client.get(revised.get_absolute_url()))
    assert tells(client.get("/search/", ASKED))
