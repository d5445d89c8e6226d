"""Pages of vetting: the queue, the overview, one review, feedback."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import clock
from proposals.models import Ask, Proposal
from reviews.actions import feedback
from reviews.actions.answers import answer_ask
from reviews.models import Assignment, Criterion, Feedback, Rating

from .shown import field, more_proposals, text_of


def test_rating_on_the_page(review, cfo, signed_in):
    client = signed_in(cfo)
    page = client.get(f"/vetting/{review.pk}/")
    assert "What a 5 looks like." in text_of(page)
    impact, together, _ = review.season.rubric.criteria.all()
    typed = {f"value_{impact.pk}": "4", f"comment_{together.pk}": "But how?", "once": field(page, "once")}
    refused = client.post(f"/vetting/{review.pk}/", typed)
    assert "clear the comment" in text_of(refused)
    assert "But how?" in text_of(refused)
    assert client.post(f"/vetting/{review.pk}/", typed | {f"value_{together.pk}": "3"}).status_code == 302
    assert sorted(Rating.objects.values_list("value", flat=True)) == [3, 4]


def test_a_conflict_is_said_instead_of_the_form(review, lead_head, signed_in):
    shown = text_of(signed_in(lead_head).get(f"/vetting/{review.pk}/"))
    assert "You work for Teaching and learning, which sponsors this proposal." in shown
    assert "Save my ratings" not in shown


def test_scores_of_others_hide_until_one_has_rated(review, cfo, cabinet_member, steward, signed_in):
    version = review.versions.last()
    for criterion in review.season.rubric.criteria.all():
        Rating.objects.create(
            version=version, criterion=criterion, reviewer=cabinet_member, value=4, rated_at=clock.now()
        )
    assert "80.0" in text_of(signed_in(steward).get("/vetting/overview/"))
    shown = text_of(signed_in(cfo).get("/vetting/overview/"))
    assert "80.0" not in shown
    assert "Rate it first" in shown


def test_one_rated_criterion_uncovers_nothing(review, cfo, cabinet_member, signed_in):
    impact, *others = review.season.rubric.criteria.all()
    for criterion in (impact, *others):
        Rating.objects.create(
            version=review.versions.last(), criterion=criterion, reviewer=cabinet_member, value=4,
            rated_at=clock.now(),
        )  # fmt: skip
    client, address = signed_in(cfo), f"/vetting/{review.pk}/"
    fresh = client.get(address)
    assert " checked" not in fresh.content.decode()
    saved = client.post(address, {f"value_{impact.pk}": "4"}, follow=True)
    assert "Saved so far. Rate the other criteria" in text_of(saved)
    assert "Rate it first" in text_of(client.get("/vetting/overview/"))
    everything = {f"value_{impact.pk}": "4"} | {f"value_{c.pk}": "out" for c in others}
    assert "Your ratings are saved." in text_of(client.post(address, everything, follow=True))
    assert "Rate it first" not in text_of(client.get("/vetting/overview/"))
    assert client.get(address).content.decode().count(" checked") == 3
    assert Rating.objects.filter(reviewer=cfo).count() == 1


def test_all_criteria_rated_one_by_one_uncover_the_others(review, cfo, signed_in):
    client = signed_in(cfo)
    for criterion in review.season.rubric.criteria.all():
        assert "Rate it first" in text_of(client.get("/vetting/overview/"))
        client.post(f"/vetting/{review.pk}/", {f"value_{criterion.pk}": "3"})
    assert "Rate it first" not in text_of(client.get("/vetting/overview/"))


def test_an_ask_that_was_not_sent_is_the_sponsors_own(review, units, asked_deputy, signed_in):
    Ask.objects.create(
        proposal=review, code="A-02", asked_unit=units["HRT"], what="Two hires", created_at=clock.now()
    )
    shown = text_of(signed_in(asked_deputy).get(f"/vetting/{review.pk}/"))
    assert "A-01" in shown
    assert "A-02" not in shown


def test_the_overview_says_which_conditions_are_open(review, asked_head, steward, signed_in):
    asked = review.asks.get()
    answer_ask(
        ask=asked, terms_id=asked.current_terms.pk, latest_number=0, answer="conditional", reason="x",
        condition="In May.", by=asked_head,
    )  # fmt: skip
    assert "1 of 1 1 open condition" in text_of(signed_in(steward).get("/vetting/overview/"))


@pytest.mark.parametrize(
    ("who", "status"),
    [("superintendent", 200), ("cfo", 200), ("cabinet_member", 200), ("steward", 200), ("lead_head", 403),
     ("advisory", 403), ("stranger", 403)],
)  # fmt: skip
def test_who_reads_all_scores(review, people, signed_in, who, status):
    assert signed_in(getattr(people, who)).get("/vetting/overview/").status_code == status


@pytest.mark.parametrize("sort", ["code", "-code", "score", "-asks", "raters", "-c1", "nonsense", "-", "c9x"])
def test_every_sorting_answers(review, people, units, steward, signed_in, sort):
    more_proposals(review.season, people, units, 2)
    assert signed_in(steward).get(f"/vetting/overview/?sort={sort}").status_code == 200


def test_sorting_puts_the_highest_first(review, people, units, steward, signed_in):
    more_proposals(review.season, people, units, 2)
    Rating.objects.filter(version__proposal__code="P-21").update(value=5)
    shown = text_of(signed_in(steward).get("/vetting/overview/?sort=-score"))
    assert shown.index("P-21") < shown.index("P-20") < shown.index("P-01")
    shown = text_of(signed_in(steward).get("/vetting/overview/?sort=score"))
    assert shown.index("P-20") < shown.index("P-21") < shown.index("P-01")


def test_giving_and_answering_feedback_on_the_pages(review, hr_head, lead_head, signed_in):
    ask = review.asks.get()
    typed = {"feedback-kind": "ask", "feedback-about": f"ask:{ask.pk}", "feedback-text": "Who drives?"}
    assert signed_in(hr_head).post(f"/vetting/{review.pk}/feedback/", typed).status_code == 302
    given = Feedback.objects.get()
    assert given.ask == ask
    client, prefix = signed_in(lead_head), f"reply-{given.pk}"
    assert "1 remark waits" in text_of(client.get(f"/proposals/{review.pk}/feedback/"))
    words = {f"{prefix}-answer": "Two of ours."}
    assert "Please fill this in" in text_of(client.post(f"/feedback/{given.pk}/answer/", words))
    client.post(f"/feedback/{given.pk}/answer/", words | {f"{prefix}-plan_changed": "no"})
    given.refresh_from_db()
    assert (given.answer, given.plan_changed) == ("Two of ours.", False)


@pytest.mark.parametrize(
    ("act", "data", "status"),
    [
        ("clear", {"sure": "on"}, "vetted"),
        ("clear", {}, "submitted"),
        ("return", {"note": "Buses."}, "in_revision"),
        ("return", {}, "submitted"),
        ("dance", {}, "submitted"),
    ],
)  # fmt: skip
def test_the_stewards_acts_on_many(review, steward, signed_in, act, data, status):
    signed_in(steward).post("/vetting/act/", {"act": act, "proposal": [review.pk, "x"], **data})
    assert Proposal.objects.get().status == status


def test_a_refused_act_keeps_choice_and_words(review, steward, signed_in):
    client = signed_in(steward)
    page = client.post("/vetting/act/", {"act": "return", "note": " ", "proposal": [review.pk]})
    assert "Say what the sponsors should work on." in text_of(page)
    assert " checked" in page.content.decode()
    page = client.post("/vetting/act/", {"act": "return", "note": "My careful note"})
    assert "Tick at least one proposal." in text_of(page)
    assert "My careful note" in text_of(page)
    page = client.post("/vetting/act/", {"act": "assign", "due_on": "soon", "proposal": [review.pk]})
    assert "Write a day such as" in text_of(page)


def test_words_that_came_too_late_are_kept(review, cfo, lead_head, at_stage, signed_in):
    given = feedback.give_feedback(proposal=review, kind="question", text="?", by=cfo)
    feedback.answer_feedback(feedback=given, answer="Yes.", plan_changed=False, by=lead_head)
    prefix = f"reply-{given.pk}"
    words = {f"{prefix}-answer": "My careful answer", f"{prefix}-plan_changed": "no"}
    page = text_of(signed_in(lead_head).post(f"/feedback/{given.pk}/answer/", words))
    assert "answered already" in page
    assert "My careful answer" in page
    at_stage("slate")
    client, impact = signed_in(cfo), review.season.rubric.criteria.first()
    rating = {f"value_{impact.pk}": "4", f"comment_{impact.pk}": "My careful comment"}
    page = text_of(client.post(f"/vetting/{review.pk}/", rating))
    assert "Ratings are open in vetting and scoring" in page
    assert "My careful comment" in page
    remark = {"feedback-kind": "question", "feedback-text": "My careful remark"}
    page = text_of(client.post(f"/vetting/{review.pk}/feedback/", remark))
    assert "open in consultation and vetting" in page
    assert "My careful remark" in page


def test_the_stewards_acts_on_one(review, steward, cfo, stranger, signed_in):
    client = signed_in(steward)
    assert "Please fill this in" in text_of(client.post(f"/vetting/{review.pk}/return/", {"x": 1}))
    client.post(f"/vetting/{review.pk}/clear/", {})
    assert Proposal.objects.get().status == "submitted"  # ratings are missing: it asks first
    client.post(f"/vetting/{review.pk}/clear/", {"sure": "on"})
    assert Proposal.objects.get().status == "vetted"
    signed_in(cfo).post(f"/vetting/{review.pk}/send_back/", {"pass-reason": "Costs."})
    assert Proposal.objects.get().status == "submitted"
    for address in (f"/vetting/{review.pk}/clear/", f"/vetting/{review.pk}/reviewer/", "/vetting/act/"):
        assert signed_in(stranger).post(address, {}).status_code == 403
    assert signed_in(cfo).post(f"/vetting/{review.pk}/clear/", {}).status_code == 403
    refused = signed_in(cfo).post(f"/vetting/{review.pk}/return/", {"pass-reason": "Buses."})
    assert "The steward does this." in text_of(refused)


def test_one_more_reviewer_and_stepping_back(review, steward, research, signed_in):
    typed = {"reviewer-person": research.pk}
    assert signed_in(steward).post(f"/vetting/{review.pk}/reviewer/", typed).status_code == 302
    mine = Assignment.objects.get(reviewer=research)
    assert mine.is_advisory
    client = signed_in(research)
    assert "Please fill this in" in text_of(client.post(f"/assignments/{mine.pk}/recuse/", {"x": 1}))
    client.post(f"/assignments/{mine.pk}/recuse/", {"recuse-reason": "Kin."})
    page = text_of(client.get(f"/vetting/{review.pk}/"))
    assert "You stepped back" in page and "Judge it after all" in page
    client.post(f"/assignments/{mine.pk}/judge/")
    assert "You stepped back" not in text_of(client.get(f"/vetting/{review.pk}/"))


def test_lending_on_the_page(season, units, asked_head, stranger, signed_in):
    client = signed_in(asked_head)
    typed = {
        "unit": units["TRN"].pk,
        "person": stranger.pk,
        "from_date": "2099-01-05",
        "until_date": "2099-01-02",
    }
    refused = client.post("/asks/delegations/", typed)
    assert "before the first" in text_of(refused)
    client.post("/asks/delegations/", typed | {"until_date": "2099-01-09"})
    assert "Stan Stranger for Transportation" in text_of(client.get("/asks/delegations/"))
    foreign = client.post("/asks/delegations/", typed | {"unit": units["HRT"].pk})
    assert "Choose one from the list" in text_of(foreign)


def test_a_delegate_finds_what_waits_and_in_whose_place(submitted, units, asked_head, stranger, signed_in):
    client, today = signed_in(stranger), clock.today().isoformat()
    typed = {"unit": units["TRN"].pk, "person": stranger.pk, "from_date": today, "until_date": today}
    assert "in place of" not in text_of(client.get("/asks/"))
    signed_in(asked_head).post("/asks/delegations/", typed)
    path = f"/asks/{submitted.asks.get().pk}/"
    home = client.get("/").content.decode()
    assert "for Transportation, in place of Arno Asked" in home and f'href="{path}"' in home
    for page in ("/asks/", path):
        assert "You answer for Transportation in place of Arno Asked, until" in text_of(client.get(page))
        assert "in place of" not in text_of(signed_in(asked_head).get(page))
    assert "Answer asks for Transportation, in place of Arno Asked" in text_of(client.get("/me/"))


def test_what_people_wrote_stays_text(review, cfo, lead_head, signed_in):
    criteria = review.season.rubric.criteria.filter(order=1)
    criteria.update(name="<b>{{ x }}</b>{% now 'Y' %}", question="<script>")
    feedback.give_feedback(proposal=review, kind="question", text="<script>alert(1)</script>", by=cfo)
    page = signed_in(cfo).get(f"/vetting/{review.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;{{ x }}&lt;/b&gt;{% now" in page


def test_resubmitting_on_the_page(in_revision, lead_head, signed_in):
    client = signed_in(lead_head)
    assert "Resubmit to the reviewers" in text_of(client.get(f"/proposals/{in_revision.pk}/feedback/"))
    client.post(f"/proposals/{in_revision.pk}/resubmit/")
    assert Proposal.objects.get().status == "submitted"


def test_a_day_without_a_season(units, people, signed_in):
    for who, address in (("hr_head", "/asks/"), ("hr_head", "/vetting/"), ("steward", "/vetting/")):
        assert signed_in(getattr(people, who)).get(address).status_code == 200
    assert "No proposal was submitted yet" in text_of(signed_in(people.steward).get("/vetting/overview/"))


ACTS = [
    ("cfo", "/vetting/{p}/", {"value_{c}": "4"}),
    ("hr_head", "/vetting/{p}/feedback/", {"feedback-kind": "question", "feedback-text": "?"}),
    ("steward", "/vetting/{p}/return/", {"pass-reason": "Buses."}),
    ("steward", "/vetting/{p}/clear/", {"sure": "on"}),
    ("steward", "/vetting/act/", {"act": "clear", "proposal": "{p}", "sure": "on"}),
    (
        "asked_head",
        "/asks/{a}/",
        {"answer": "conditional", "reason": "x", "condition": "y", "terms_id": "{t}"},
    ),
]


@pytest.mark.parametrize(("who", "address", "typed"), ACTS)
def test_an_act_asks_at_most_sixteen_queries(review, people, signed_in, who, address, typed):
    ask = review.asks.get()
    keys = {"p": review.pk, "a": ask.pk, "t": ask.current_terms.pk, "c": Criterion.objects.first().pk}
    typed = {name.format(**keys): value.format(**keys) for name, value in typed.items()} | {"once": "k"}
    client = signed_in(getattr(people, who))
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address.format(**keys), typed).status_code == 302
    asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 16, "\n".join(f"{len(asked)} {sql[:200]}" for sql in asked)
