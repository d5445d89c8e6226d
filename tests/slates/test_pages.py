"""The pages: who opens them, what they show, what they keep, and how many queries they ask."""

import pytest

from slates.actions import items
from slates.actions.release import release
from slates.inbox import awaited
from slates.models import Decision, Slate

pytestmark = pytest.mark.django_db

OTHERS = ("steward", "cabinet_member", "lead_head", "partner_head", "administrator", "auditor", "advisory")


def pages_of(decided) -> list[str]:
    base = f"/slates/{decided.slate.pk}/"
    item, proposal = decided.item.pk, decided.funded.pk
    own = ["", "copy/", "rename/", f"items/{item}/", f"items/{item}/part/", "decisions/", "decisions/rest/"]
    own += [f"decisions/{proposal}/", "freeze/", "approve/", "release/"]
    return ["/slates/", "/slates/new/", "/slates/compare/", *(base + path for path in own)]


def test_deciders_open_every_page(decided, signed_in, cfo, superintendent):
    for person in (cfo, superintendent):
        client = signed_in(person)
        assert {path: client.get(path).status_code for path in pages_of(decided)} == dict.fromkeys(
            pages_of(decided), 200
        )


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_learns_of_a_slate(approved, signed_in, people, who):
    """Pending decisions show in no page, count or inbox; an unknown slate looks the same."""
    person = getattr(people, who)
    client = signed_in(person)
    for path in [*pages_of(approved), "/slates/999/"]:
        answer = client.get(path)
        assert answer.status_code == 403
        assert b"Base" not in answer.content
        assert client.post(path).status_code == 403
    page = client.get("/decisions/").content.decode()
    assert "Nothing is released yet" in page
    assert "Strong joint work" not in page and "P-01" not in page
    assert list(awaited([person])) == []
    for path in ("/investments/", "/"):
        assert "Strong joint work" not in client.get(path).content.decode()


def test_pending_decisions_are_marked_private_for_deciders(frozen, signed_in, cfo):
    page = signed_in(cfo).get("/decisions/").content.decode()
    assert "Strong joint work." in page and "private" in page


def test_released_decisions_are_for_everybody(approved, signed_in, cfo, lead_head):
    release(slate=approved.slate, by=cfo)
    page = signed_in(lead_head).get("/decisions/").content.decode()
    assert "Strong joint work." in page and "Not this year." in page and "$212,908" in page
    assert "private" not in page


def test_scenarios_never_show_on_the_page_of_decisions(decided, signed_in, cfo):
    assert "Strong joint work" not in signed_in(cfo).get("/decisions/").content.decode()


def test_slates_of_another_season_are_found_by_their_own_items_only(decided, make_vetted, signed_in, cfo):
    other = Slate.objects.create(
        season=decided.slate.season, name="Other", created_at=decided.slate.created_at, created_by=cfo
    )
    assert signed_in(cfo).get(f"/slates/{other.pk}/items/{decided.item.pk}/").status_code == 404


def test_add_and_take_off_by_buttons(slate, vetted, signed_in, cfo):
    client = signed_in(cfo)
    answer = client.post(f"/slates/{slate.pk}/add/{vetted.pk}/", {"once": "a"})
    assert answer.headers["Location"] == f"/slates/{slate.pk}/#p{vetted.pk}"
    client.post(f"/slates/{slate.pk}/add/{vetted.pk}/", {"once": "a"})  # the double click
    item = slate.items.get()
    client.post(f"/slates/{slate.pk}/items/{item.pk}/remove/", {"once": "b"})
    assert not slate.items.exists()


def test_an_amount_that_is_too_high_stands_at_its_field(slate, make_vetted, signed_in, cfo):
    proposal = make_vetted("P-02", lines=[("GF", 10_000_00, 0, 0)])
    item, line = items.add_item(slate=slate, proposal=proposal, by=cfo), proposal.cost_lines.get()
    path = f"/slates/{slate.pk}/items/{item.pk}/"
    typed = {f"line{line.pk}-amount_cents": "12,500.75", f"line{line.pk}-basis": "more"}
    page = signed_in(cfo).post(path, typed).content.decode()
    assert "not more than the $10,000 requested" in page and "12,500.75" in page
    typed[f"line{line.pk}-amount_cents"] = "2,500.75"
    assert signed_in(cfo).post(path, typed).status_code == 302
    assert item.lines.get().year1_cents == 2_500_75


def test_decisions_keep_what_was_typed(decided, make_vetted, signed_in, cfo):
    third = make_vetted("P-03")
    typed = {}
    for proposal, outcome, reason in (
        (decided.funded, "deferred", "A long and careful reason."),
        (decided.deferred, "not_funded", "Another."),
        (third, "", ""),
    ):
        typed |= {f"p{proposal.pk}-outcome": outcome, f"p{proposal.pk}-reason": reason}
    path = f"/slates/{decided.slate.pk}/decisions/"
    page = signed_in(cfo).post(path, typed).content.decode()
    assert "It is on this slate. Take it off first" in page and "A long and careful reason." in page
    assert Decision.objects.get(version__proposal=decided.deferred).outcome == "deferred"
    typed[f"p{decided.funded.pk}-outcome"] = "funded"
    assert signed_in(cfo).post(path, typed).status_code == 302
    assert Decision.objects.get(version__proposal=decided.deferred).outcome == "not_funded"
    assert not Decision.objects.filter(version__proposal=third).exists()


def test_the_whole_way_by_hand(decided, signed_in, cfo, superintendent, lead_head):
    base = f"/slates/{decided.slate.pk}/"
    assert signed_in(cfo).post(f"{base}freeze/").headers["Location"] == f"{base}approve/"
    fingerprint = Slate.objects.get().fingerprint
    unread = signed_in(cfo).post(f"{base}approve/", {"fingerprint": fingerprint})
    assert "Read the list first" in unread.content.decode()
    for person in (cfo, superintendent):
        turn = signed_in(person).post(f"{base}approve/", {"fingerprint": fingerprint, "has_read": "on"})
        assert turn.status_code == 302
    assert signed_in(superintendent).post(f"{base}release/").headers["Location"] == "/decisions/"
    assert signed_in(cfo).post(f"{base}release/").headers["Location"] == "/decisions/"
    page = signed_in(lead_head).get("/investments/").content.decode()
    assert page.count("Reading coaches") == 1


def test_freeze_says_what_is_missing(slate, vetted, signed_in, cfo):
    page = signed_in(cfo).get(f"/slates/{slate.pk}/freeze/").content.decode()
    assert "No decision with a reason yet: P-01" in page
    signed_in(cfo).post(f"/slates/{slate.pk}/freeze/")
    assert Slate.objects.get().status == "scenario"


def test_who_is_awaited(decided, frozen, cfo, superintendent):
    rows = {(row.person_name, row.sentence) for row in awaited()}
    assert rows == {
        (cfo.name, "Approve the slate “Base”"),
        (superintendent.name, "Concur with the slate “Base”"),
    }


def test_deciders_are_awaited_to_build_and_to_release(decided, request, cfo, superintendent):
    rows = list(awaited())
    assert {row.person_name for row in rows} == {cfo.name, superintendent.name}
    assert all(row.sentence.startswith("Build the slate of FY27") for row in rows)
    request.getfixturevalue("approved")
    assert {row.sentence for row in awaited([cfo])} == {"Release all decisions of the slate “Base”"}


BUDGETS = {"/slates/": 6, "{base}": 20, "{base}decisions/": 20, "{base}freeze/": 20, "{base}approve/": 20}
BUDGETS |= {"/decisions/": 7, "/slates/compare/?a={pk}&b={other}": 20}


def test_pages_ask_the_same_number_of_queries_for_any_number_of_rows(
    frozen, make_vetted, signed_in, cfo, django_assert_max_num_queries
):
    from slates.actions import decisions, keys, scenario
    from slates.actions.decisions import Choice

    other = scenario.copy_slate(slate=frozen.slate, name="Other", by=cfo)
    client = signed_in(cfo)

    def counted() -> dict[str, int]:
        counts = {}
        for path, budget in BUDGETS.items():
            url = path.format(base=f"/slates/{frozen.slate.pk}/", pk=frozen.slate.pk, other=other.pk)
            client.get(url)
            with django_assert_max_num_queries(budget) as asked:
                assert client.get(url).status_code == 200
            counts[path] = len(asked)
        return counts

    before = counted()
    slate = keys.unfreeze(slate=frozen.slate, by=cfo)
    for code in ("P-03", "P-04", "P-05"):
        proposal = make_vetted(code)
        items.add_item(slate=slate, proposal=proposal, by=cfo)
        decisions.decide(slate=slate, choices=[Choice(proposal.pk, "funded", "Yes.")], by=cfo)
    keys.freeze(slate=slate, by=cfo)
    assert counted() == before
