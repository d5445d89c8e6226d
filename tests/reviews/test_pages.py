"""The pages: what each shows to whom, forms that keep what was typed, query budgets."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import clock
from proposals.actions.asks import edit_ask, send_ask
from proposals.actions.baton import freeze_version
from proposals.models import Ask, AskTerms, Proposal, Sponsorship
from reviews.actions import assignments, feedback
from reviews.actions.answers import answer_ask
from reviews.models import Assignment, Endorsement, Feedback, Rating

WARM_UP = "/asks/"


@pytest.fixture
def review(submitted, rubric, steward, at_stage):
    at_stage("vetting")
    assignments.assign_reviewers(season=submitted.season, by=steward)
    return submitted


def text_of(response) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def field(response, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', response.content.decode())[1]


def more_proposals(season, people, units, count: int) -> None:
    """Further submitted proposals with an ask, an assignment of the CFO and a rating."""
    now = clock.now()
    for number in range(20, 20 + count):
        made = Proposal.objects.create(
            season=season, code=f"P-{number}", title=f"No {number}", created_at=now, status="submitted",
            submitted_at=now, submitted_by=people.lead_head,
        )  # fmt: skip
        Sponsorship.objects.create(
            proposal=made, unit=units["TL"], is_lead=True, accepted_at=now, accepted_by=people.lead_head
        )
        ask = Ask.objects.create(
            proposal=made, code=f"A-{number}", asked_unit=units["TRN"], what="x", created_at=now
        )
        AskTerms.objects.create(
            ask=ask, number=1, sponsors="TL", sent_at=now, sent_by=people.lead_head, what="x"
        )
        version = freeze_version(proposal=made, kind="submission", by=people.lead_head)
        Assignment.objects.create(
            proposal=made, reviewer=people.cfo, assigned_at=now, assigned_by=people.steward
        )
        Feedback.objects.create(
            version=version, code=f"F-{number}", kind="question", written_by=people.cfo,
            unit=units["FIN"], text="?", written_at=now,
        )  # fmt: skip
        for criterion in season.rubric.criteria.all():
            Rating.objects.create(
                version=version, criterion=criterion, reviewer=people.cfo, value=3, rated_at=now
            )


@pytest.mark.parametrize(
    ("who", "address", "most"),
    [
        ("asked_head", "/asks/", 8),
        ("lead_head", "/asks/", 8),
        ("cfo", "/vetting/", 8),
        ("steward", "/vetting/", 8),
        ("cfo", "/vetting/overview/", 10),
        ("steward", "/vetting/overview/?sort=-score", 10),
        ("cfo", "/vetting/{pk}/", 14),
        ("lead_head", "/proposals/{pk}/feedback/", 20),
        ("asked_head", "/asks/{ask}/", 20),
        ("asked_head", "/asks/delegations/", 20),
    ],
)
def test_queries_are_few_and_the_same(review, people, units, signed_in, who, address, most):
    client = signed_in(getattr(people, who))
    address = address.format(pk=review.pk, ask=review.asks.get().pk)
    counts = []
    for more in (0, 2):
        more_proposals(review.season, people, units, more)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= most, [q["sql"] for q in queries]


def test_asks_to_us(submitted, asked_head, signed_in):
    shown = text_of(signed_in(asked_head).get("/asks/"))
    assert "1 ask waits for your unit’s answer" in shown
    assert "40 hours a year" in shown
    assert "No answer yet" in shown


def test_nothing_asked_yet(season, hr_head, signed_in):
    shown = text_of(signed_in(hr_head).get("/asks/"))
    assert "No ask waits" in shown
    assert "its ask arrives here" in shown


def answer(client, page, **typed):
    data = {"answer": "endorsed", "reason": "We can.", "condition": "", **typed}
    for name in ("terms_id", "latest_number", "once"):
        data.setdefault(name, field(page, name))
    return client.post(page.request["PATH_INFO"], data)


def test_answering_and_sending_the_form_twice(submitted, asked_head, signed_in):
    client = signed_in(asked_head)
    page = client.get(f"/asks/{submitted.asks.get().pk}/")
    for _ in range(2):
        assert answer(client, page).status_code == 302
    assert Endorsement.objects.count() == 1


def test_a_stale_form_shows_the_new_terms_and_keeps_the_words(joint_draft, asked_head, lead_head, signed_in):
    ask, client = joint_draft.asks.get(), signed_in(asked_head)
    page = client.get(f"/asks/{ask.pk}/")
    edit_ask(ask=ask, values={**ask.values(), "what": "Two later buses"}, by=lead_head)
    ask.refresh_from_db()
    send_ask(ask=ask, by=lead_head)
    refused = answer(client, page, reason="Our own careful words.")
    shown = text_of(refused)
    assert refused.status_code == 200
    assert "sent new terms while you were writing" in shown
    assert "Our own careful words." in shown
    assert "Two later buses" in shown
    assert "A later bus for two schools" in shown
    assert answer(client, refused, reason="Our own careful words.").status_code == 302
    assert Endorsement.objects.get().terms.number == 2


def test_a_refused_answer_says_what_is_missing(submitted, asked_head, signed_in):
    client = signed_in(asked_head)
    page = client.get(f"/asks/{submitted.asks.get().pk}/")
    shown = text_of(answer(client, page, answer="conditional"))
    assert "Say what must hold" in shown
    assert "We can." in shown


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40])
def test_a_forged_number_is_refused_in_words(submitted, asked_head, signed_in, number):
    client = signed_in(asked_head)
    page = client.get(f"/asks/{submitted.asks.get().pk}/")
    assert "compare the terms" in text_of(answer(client, page, terms_id=number))


def test_conditions_on_the_page(submitted, asked_head, lead_head, signed_in):
    ask = submitted.asks.get()
    condition = answer_ask(
        ask=ask, terms_id=ask.current_terms.pk, latest_number=0, answer="conditional", reason="x",
        condition="In May.", by=asked_head,
    ).condition  # fmt: skip
    client = signed_in(lead_head)
    assert "Can the sponsors meet this condition?" in text_of(client.get(f"/asks/{ask.pk}/"))
    refused = client.post(f"/conditions/{condition.pk}/refuse/", {"refusal-reason": ""})
    assert "This field is required" in text_of(refused)
    client.post(f"/conditions/{condition.pk}/refuse/", {"refusal-reason": "No bus in May."})
    assert "It counts as no endorsement" in text_of(client.get(f"/asks/{ask.pk}/"))
    client.post(f"/conditions/{condition.pk}/accept/")
    condition.refresh_from_db()
    assert condition.accepted_at is None


def test_drafts_of_others_are_not_there(joint_draft, hr_head, signed_in):
    client = signed_in(hr_head)
    ask = joint_draft.asks.get()
    pk = joint_draft.pk
    for address in (f"/asks/{ask.pk}/", f"/vetting/{pk}/", f"/proposals/{pk}/feedback/", "/asks/999/"):
        assert client.get(address).status_code == 404


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
    assert "This field is required" in text_of(client.post(f"/feedback/{given.pk}/answer/", words))
    client.post(f"/feedback/{given.pk}/answer/", words | {f"{prefix}-plan_changed": "no"})
    given.refresh_from_db()
    assert (given.answer, given.plan_changed) == ("Two of ours.", False)


@pytest.mark.parametrize(
    ("act", "data", "status"),
    [("clear", {}, "vetted"), ("return", {"note": "Buses."}, "in_revision"), ("return", {}, "submitted"),
     ("dance", {}, "submitted")],
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
    assert "Choose at least one proposal." in text_of(page)
    assert "My careful note" in text_of(page)
    page = client.post("/vetting/act/", {"act": "assign", "due_on": "soon", "proposal": [review.pk]})
    assert "Enter a valid date" in text_of(page)


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
    assert "This field is required" in text_of(client.post(f"/vetting/{review.pk}/return/", {"x": 1}))
    client.post(f"/vetting/{review.pk}/clear/", {})
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
    client = signed_in(research)
    assert "This field is required" in text_of(client.post(f"/assignments/{mine.pk}/recuse/", {"x": 1}))
    client.post(f"/assignments/{mine.pk}/recuse/", {"recuse-reason": "Kin."})
    assert "You stepped back" in text_of(client.get(f"/vetting/{review.pk}/"))


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
    assert "not one of the available choices" in text_of(foreign)


def test_what_people_wrote_stays_text(review, cfo, lead_head, signed_in):
    criteria = review.season.rubric.criteria.filter(order=1)
    criteria.update(name="<b>{{ x }}</b>{% now 'Y' %}", question="<script>")
    feedback.give_feedback(proposal=review, kind="question", text="<script>alert(1)</script>", by=cfo)
    page = signed_in(cfo).get(f"/vetting/{review.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;&#123;&#123; x" in page


def test_resubmitting_on_the_page(in_revision, lead_head, signed_in):
    client = signed_in(lead_head)
    assert "Resubmit to the reviewers" in text_of(client.get(f"/proposals/{in_revision.pk}/feedback/"))
    client.post(f"/proposals/{in_revision.pk}/resubmit/")
    assert Proposal.objects.get().status == "submitted"


def test_a_day_without_a_season(units, people, signed_in):
    for who, address in (("hr_head", "/asks/"), ("hr_head", "/vetting/"), ("steward", "/vetting/")):
        assert signed_in(getattr(people, who)).get(address).status_code == 200
    assert "No proposal was submitted yet" in text_of(signed_in(people.steward).get("/vetting/overview/"))
