"""The pages of investments."""

from datetime import date
from decimal import Decimal

import pytest

from activity import clock
from goals.models import Measure, Observation
from investments.models import Commitment, Investment, InvestmentMeasure, Lesson, Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(investment, lead_head):
    """With a measure, values, a report, a small test and a lesson."""
    measure = Measure.objects.get(code="M2")
    InvestmentMeasure.objects.create(investment=investment, measure=measure)
    for month, value in ((9, "12"), (10, "19.5"), (11, "31")):
        Observation.objects.create(measure=measure, on=date(2025, month, 1), value=Decimal(value))
    Update.objects.create(
        investment=investment, on=date(2026, 2, 1), state="on_track", line="All hired.", written_by=lead_head
    )
    investment.test_cycles.create(
        code="T-01", change_idea="Named adult", prediction="Fewer",
        started_on=date(2026, 2, 1),
    )  # fmt: skip
    Lesson.objects.create(season=investment.season, code="S-01", on=date(2026, 2, 1), text="Hire early.")
    return investment


def test_everybody_reads_an_investment(watched, signed_in, auditor):
    page = signed_in(auditor).get(f"/investments/{watched.pk}/").content.decode()
    for words in ("Reading coaches", "A later bus for two schools", "From October only", "All hired.", "19.5",
                  "Named adult", "unless renewed", "Strong."):  # fmt: skip
        assert words in page
    assert "<polyline" in page and "Say where it stands" not in page
    assert "Hire early." in signed_in(auditor).get("/investments/lessons/").content.decode()


def test_buttons_are_for_those_who_may(watched, signed_in, lead_head, asked_head, cabinet_member):
    path = f"/investments/{watched.pk}/"
    assert f"{path}update/" in signed_in(lead_head).get(path).content.decode()
    assert "Say where it stands" in signed_in(asked_head).get(path).content.decode()
    assert f"{path}review/" in signed_in(cabinet_member).get(path).content.decode()


def test_forms_are_closed_to_others(watched, signed_in, stranger):
    client = signed_in(stranger)
    for path, code in (("update/", 403), ("value/", 403), ("review/", 403)):
        assert client.get(f"/investments/{watched.pk}/{path}").status_code == code
    duty = Commitment.objects.get()
    assert client.get(f"/investments/commitments/{duty.pk}/").status_code == 404
    assert client.get("/investments/999/").status_code == 404


def test_forms_do_their_act(watched, signed_in, lead_head, asked_head, cabinet_member):
    path, duty = f"/investments/{watched.pk}/", Commitment.objects.get()
    acts = [
        (asked_head, f"/investments/commitments/{duty.pk}/", {"status": "kept", "note": ""}),
        (lead_head, f"{path}update/", {"state": "at_risk", "line": "One coach left."}),
        (lead_head, f"{path}value/",
         {"measure": Measure.objects.get(code="M2").pk, "on": "2026-02-01", "value": "33", "group": "All"}),
        (cabinet_member, f"{path}review/",
         {"choice": "adapt", "reason": "Fewer schools.", "next_review_on": "2027-01-10"}),
    ]  # fmt: skip
    for person, where, typed in acts:
        assert signed_in(person).get(where).status_code == 200
        assert signed_in(person).post(where, typed).headers["Location"] == path
    watched.refresh_from_db()
    duty.refresh_from_db()
    assert (watched.state, watched.review_choice, duty.status) == ("at_risk", "adapt", "kept")


def test_a_refusal_keeps_what_was_typed(watched, signed_in, lead_head):
    typed = {"state": "within_dip", "line": "It dips."}
    page = signed_in(lead_head).post(f"/investments/{watched.pk}/update/", typed).content.decode()
    assert "No dip was announced" in page and "It dips." in page


def test_an_empty_district_is_told_what_to_expect(season, signed_in, lead_head):
    client = signed_in(lead_head)
    assert "When decisions are released" in client.get("/investments/").content.decode()
    assert "Nothing is written down yet" in client.get("/investments/lessons/").content.decode()


def test_the_same_number_of_queries_for_any_number_of_rows(
    watched, season, units, lead_head, signed_in, django_assert_max_num_queries
):
    client, path = signed_in(lead_head), f"/investments/{watched.pk}/"

    def counted():
        counts = []
        for where, budget in (("/investments/", 8), (path, 14), ("/investments/lessons/", 8)):
            client.get(where)
            with django_assert_max_num_queries(budget) as asked:
                client.get(where)
            counts.append(len(asked))
        return counts

    before = counted()
    for n in range(3):
        Investment.objects.create(
            season=season, code=f"I-26-0{n}", title="More", owner=units["TL"], cost_cents=1, cost_year="FY26",
            starts_on=date(2025, 7, 1), ends_on=date(2026, 6, 30), owner_person=lead_head,
        )  # fmt: skip
        Commitment.objects.create(
            investment=watched, code=f"C-9{n}", owner=units["SSS"], what="More", status_on=clock.today()
        )
        Lesson.objects.create(season=season, code=f"S-9{n}", on=date(2026, 2, 1), text="x", unit=units["TL"])
    assert counted() == before


def test_on_a_phone_the_facts_come_before_the_reports(watched, signed_in, auditor):
    page = signed_in(auditor).get(f"/investments/{watched.pk}/").content.decode()
    assert page.index("</main>") < page.index('class="rail"') < page.index('id="updates"')
