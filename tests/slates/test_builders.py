"""People of Finance whom the CFO names build scenarios; they decide, freeze, approve and release nothing."""

import pytest

from activity.models import Entry
from activity.refused import Refused
from people.actions import give_post, name_slate_builder, unname_slate_builder
from people.models import Post, Unit, User
from people.rules import people_of_finance
from slates import rules
from slates.actions import decisions, filling, items, keys, release, scenario
from slates.actions.decisions import Choice
from slates.models import Decision, Slate

from .test_posts import POST_BUDGET, Acts

pytestmark = pytest.mark.django_db

Role = Post.Role


@pytest.fixture
def analyst(units, people) -> User:
    return User.objects.create_user("ana@testville.example", name="Ana Analyst", unit=units["FIN"])


@pytest.fixture
def builder(analyst, cfo) -> User:
    name_slate_builder(person=analyst, by=cfo)
    return User.objects.get(pk=analyst.pk)


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [("can_build", True), ("can_decide", False), ("can_freeze", False), ("can_approve", False),
     ("can_concur", False), ("can_override", False), ("can_release", False)],
)  # fmt: skip
def test_what_a_builder_may(builder, rule, allowed):
    assert getattr(rules, rule)(builder) is allowed


def test_naming_stands_in_history_and_once(builder, cfo):
    entry = Entry.objects.get(verb="give post", details__person=builder.pk)
    assert entry.sentence == "made Ana Analyst slate builder of Finance" and entry.person_name == cfo.name
    with pytest.raises(Refused, match="builds slates already"):
        name_slate_builder(person=builder, by=cfo)


def test_unnaming_ends_it_at_once_and_what_was_built_stays(builder, cfo, season):
    scenario.create_slate(season=season, name="Ana's", by=builder)
    unname_slate_builder(person=builder, by=cfo)
    builder = User.objects.get(pk=builder.pk)
    assert not rules.can_build(builder) and Slate.objects.filter(name="Ana's").exists()
    assert Entry.objects.filter(verb="end post", sentence__contains="Ana Analyst as slate builder").exists()
    with pytest.raises(Refused, match="builds no slates any more"):
        unname_slate_builder(person=builder, by=cfo)


@pytest.mark.parametrize("who", ["superintendent", "steward", "administrator", "lead_head"])
def test_only_the_cfo_names(analyst, people, who):
    with pytest.raises(Refused, match="Only the CFO"):
        name_slate_builder(person=analyst, by=getattr(people, who))
    with pytest.raises(Refused, match="Only the CFO"):
        unname_slate_builder(person=analyst, by=getattr(people, who))


def test_only_people_of_finance_are_named(analyst, people, units, cfo):
    for person in (people.lead_head, people.cfo, people.superintendent, people.auditor):
        with pytest.raises(Refused, match="does not work in Finance"):
            name_slate_builder(person=person, by=cfo)
    assert list(people_of_finance()) == [analyst]
    Unit.objects.filter(code="TRN").update(cabinet_member=cfo)  # a unit the CFO answers for
    assert set(people_of_finance()) == {analyst, people.asked_head, people.asked_deputy}
    Post.objects.create(person=analyst, unit=units["SUP"], role=Role.AUDITOR)
    assert analyst not in people_of_finance()


def test_the_administrator_gives_no_such_post(analyst, administrator, units, signed_in):
    with pytest.raises(Refused, match="The CFO names who builds slates"):
        give_post(person=analyst, unit=units["FIN"], role=Role.SLATE_BUILDER, by=administrator)
    page = signed_in(administrator).get(f"/setup/people/{analyst.pk}/post/").content.decode()
    assert "Contributor" in page and "Slate builder" not in page


def test_a_builder_builds_and_fills(builder, vetted, make_vetted):
    slate = scenario.create_slate(season=vetted.season, name="Ana's", by=builder)
    item = items.add_item(slate=slate, proposal=vetted, by=builder)
    items.keep_part(item=item, part=1, whole=2, basis="half", by=builder)
    filling.fill_in_rank_order(slate=slate, by=builder)
    assert scenario.copy_slate(slate=slate, name="Copy", by=builder).items.count() == 1


def test_a_builder_decides_freezes_approves_and_releases_nothing(approved, decided, builder):
    slate, choice = approved.slate, Choice(decided.funded.pk, "deferred", "No.")
    acts = [
        lambda: decisions.decide(slate=slate, choices=[choice], by=builder),
        lambda: keys.freeze(slate=slate, by=builder),
        lambda: keys.unfreeze(slate=slate, by=builder),
        lambda: keys.approve(slate=slate, fingerprint=slate.fingerprint, by=builder),
        lambda: keys.concur(slate=slate, fingerprint=slate.fingerprint, by=builder),
        lambda: release.release(slate=slate, by=builder),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()


def test_pending_decisions_stay_with_the_deciders(decided, builder, signed_in, cfo):
    slate, client = decided.slate, signed_in(builder)
    page = client.get(f"/slates/{slate.pk}/").content.decode()
    assert "Fill in rank order" in page
    assert "without a decision" not in page and "has a decision" not in page and "Freeze" not in page
    for part in ("decisions/", "freeze/", "approve/", "decisions/rest/"):
        assert client.get(f"/slates/{slate.pk}/{part}").status_code == 403
    copy = scenario.copy_slate(slate=slate, name="Copy", by=builder)
    assert copy.items.exists() and not Decision.objects.filter(slate=copy).exists()
    keys.freeze(slate=slate, by=cfo)
    for path in (f"/slates/{slate.pk}/", f"/slates/{slate.pk}/copy/"):
        assert client.get(path).status_code == 404
    page = client.get("/slates/").content.decode()
    assert "Copy" in page and "Base" not in page
    compared = client.get(f"/slates/compare/?a={slate.pk}&b={copy.pk}").content.decode()
    assert "Base" not in compared
    assert list(rules.slates_for(cfo, slate.season)) == [copy, slate]


def test_the_cfo_names_and_takes_back_on_the_page(analyst, season, signed_in, cfo, superintendent, people):
    client = signed_in(cfo)
    assert "Name somebody of Finance" in client.get("/slates/").content.decode()
    assert "Ana Analyst" in client.get("/slates/builders/").content.decode()
    assert client.post("/slates/builders/", {"person": analyst.pk}).headers["Location"] == "/slates/"
    assert "Take back: Ana Analyst" in client.get("/slates/").content.decode()
    seen = signed_in(superintendent).get("/slates/").content.decode()
    assert "Ana Analyst" in seen and "Take back" not in seen
    page = signed_in(analyst).get("/slates/").content.decode()
    assert ">Slate<" in page and "Who builds slates" not in page
    assert "Choose" in client.post("/slates/builders/", {"person": people.lead_head.pk}).content.decode()
    assert client.post(f"/slates/builders/{analyst.pk}/end/").status_code == 302
    assert signed_in(analyst).get("/slates/").status_code == 403
    assert signed_in(superintendent).post("/slates/builders/", {"person": analyst.pk}).status_code == 403


def test_naming_asks_little(analyst, season, signed_in, cfo, django_assert_max_num_queries):
    acts, client = Acts(), signed_in(cfo)
    acts.post("name", client, "/slates/builders/", person=analyst.pk)
    acts.post("end", client, f"/slates/builders/{analyst.pk}/end/")
    assert max(acts.counts.values()) <= POST_BUDGET, acts.counts
    with django_assert_max_num_queries(8):
        client.get("/slates/")
