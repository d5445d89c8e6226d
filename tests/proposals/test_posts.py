"""Forms as ordinary posts: what is saved, what is refused and kept, once is once, few queries."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.actions import drafting, sponsors
from proposals.models import Ask, Proposal, SignOn

POST_BUDGET = 16


def _acts(context: CaptureQueriesContext) -> int:
    """Queries without the marks of transactions."""
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return sum(not query["sql"].upper().startswith(marks) for query in context.captured_queries)


def _post(client, name, *args, **data):
    with CaptureQueriesContext(connection) as queries:
        response = client.post(reverse(name, args=args), {"once": f"{name}-{id(client)}-{len(data)}", **data})
    if response.status_code == 302:
        assert _acts(queries) <= POST_BUDGET, name
    return response, _acts(queries)


@pytest.fixture
def lead(lead_head, signed_in):
    return signed_in(lead_head)


def test_starting_twice_makes_one(season, lead, units, at_stage):
    at_stage("drafting")
    data = {"unit": units["TL"].pk, "title": "Coaches"}
    first, queries = _post(lead, "proposal_new", **data)
    second, _ = _post(lead, "proposal_new", **data)
    assert first.url == second.url == f"/proposals/{Proposal.objects.get().pk}/edit/"
    assert queries <= POST_BUDGET


@pytest.mark.parametrize(("stage", "times"), [("drafting", 0), ("consultation", 1)])
def test_who_starts_after_drafting_is_told_that_it_waits(stage, times, draft, lead_head, signed_in, at_stage):
    told = "Drafting closed on Fri 12 Dec: a new draft waits until the process steward opens it late."
    at_stage(stage)
    for page in (reverse("proposal_new"), reverse("proposal_copy", args=[draft.pk])):
        assert signed_in(lead_head).get(page).text.count(told) == times


def test_an_intent_is_posted_and_started_from(season, lead, units, at_stage):
    at_stage("intents")
    data = {"unit": units["TL"].pk, "title": "Buses", "idea": "Later buses."}
    assert _post(lead, "intent_new", **data)[0].status_code == 302
    intent = season.intents.get()
    page = lead.get(reverse("proposal_new"), {"intent": intent.pk})
    assert 'value="Buses"' in page.text
    start = reverse("proposal_new") + f"?intent={intent.pk}"
    lead.post(start, {"unit": units["TL"].pk, "title": "Buses", "once": "a"})
    assert Proposal.objects.get().intent == intent
    assert "Start a proposal from it" in lead.get(reverse("intents")).text


def test_saving_sections(draft, lead):
    response, queries = _post(lead, "proposal_edit", draft.pk, summary="One.", need="Two.", began="{}")
    assert response.url == reverse("proposal_edit", args=[draft.pk])
    assert {s.kind: s.text for s in draft.sections.all()} == {"summary": "One.", "need": "Two."}
    assert queries <= POST_BUDGET


def test_a_clash_shows_both_and_takes_mine_when_saved_again(draft, lead, lead_deputy):
    page = lead.get(reverse("proposal_edit", args=[draft.pk]))
    began = page.context["form"]["began"].value()
    texts = {"summary": "Hers.", "need": "Hers, too."}
    drafting.edit_sections(proposal=draft, texts=texts, by=lead_deputy)
    refused, _ = _post(lead, "proposal_edit", draft.pk, summary="Mine.", began=began)
    assert refused.status_code == 200
    assert "Dana Lead changed this while you were writing: Summary" in refused.text
    form = refused.context["form"]
    assert form.theirs == (("summary", "Summary", "Hers.", "Mine."),)
    assert (form["summary"].value(), form["need"].value()) == ("Mine.", "Hers, too.")
    assert draft.sections.get(kind="summary").text == "Hers."
    again = {name: form[name].value() or "" for name in form.fields}
    assert _post(lead, "proposal_edit", draft.pk, **again)[0].status_code == 302
    assert {s.kind: s.text for s in draft.sections.all()} == {"summary": "Mine.", "need": "Hers, too."}


def test_strange_marks_do_no_harm(draft, lead):
    for n, began in enumerate(("[]", "nonsense", json.dumps({"x": 1}), "[" * 50_000)):
        data = {"summary": f"Text {n}", "began": began, "once": str(n)}
        assert lead.post(reverse("proposal_edit", args=[draft.pk]), data).status_code == 302


@pytest.fixture
def line(units, funds, accounts, coach):
    return {
        "description": "Coaches", "unit": units["TL"].pk, "fund": funds["GF"].pk, "position": coach.pk,
        "fte": "2", "is_recurring": "on", "function": accounts["2210"].pk, "object": accounts["110"].pk,
    }  # fmt: skip


def test_cost_lines(draft, lead, line, accounts):
    added, queries = _post(lead, "proposal_costs", draft.pk, **line)
    assert added.status_code == 302
    assert queries <= POST_BUDGET
    assert draft.cost_lines.get().year1_cents == 21_290_800
    page = lead.get(reverse("cost_line", args=[draft.pk, 1]))
    fewer = line | {"fte": "1", "began": page.context["form"]["began"].value()}
    assert _post(lead, "cost_line", draft.pk, 1, **fewer)[0].status_code == 302
    assert draft.cost_lines.get().year1_cents == 10_645_400
    stated = line | {"position": "", "fte": "", "year1_cents": "$1,234.50", "description": "Books"}
    assert _post(lead, "proposal_costs", draft.pk, **stated)[0].status_code == 302
    assert draft.cost_lines.get(number=2).years == [123_450, 126_500, 129_700]
    page = lead.get(reverse("cost_line", args=[draft.pk, 2]))
    values = {n: page.context["form"][n].value() or "" for n in page.context["form"].fields}
    assert values["year1_cents"] == "1,234.50"
    changed = stated | {"began": values["began"], "note": "Of May", "year2_cents": "0", "year3_cents": "0"}
    assert _post(lead, "cost_line", draft.pk, 2, **changed)[0].status_code == 302
    assert draft.cost_lines.get(number=2).years == [123_450, 0, 0]
    _post(lead, "cost_line_remove", draft.pk, 2)
    assert draft.cost_lines.count() == 1
    assert lead.get(reverse("cost_line", args=[draft.pk, 2])).status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"fte": ""}, "A position line needs its FTE"),
        ({"fte": "0"}, "FTE lies above 0"),
        ({"position": ""}, "FTE counts only with a position. Choose the position, or empty FTE."),
        ({"position": "", "fte": ""}, "Write the amount of the first year"),
        ({"position": "", "year1_cents": "lots"}, "is not an amount"),
        ({"description": ""}, "Please fill this in"),
    ],
)
def test_faulty_cost_lines_are_refused_and_kept(draft, lead, line, change, sentence):
    page, _ = _post(lead, "proposal_costs", draft.pk, **(line | change))
    assert page.status_code == 200
    assert sentence in page.text
    assert page.context["form"]["unit"].value() == str(line["unit"])
    assert not draft.cost_lines.exists()


def test_asks(joint_draft, lead, units):
    what = {"asked_unit": units["HRT"].pk, "what": "Fill two posts", "effort_hours": "30"}
    refused, _ = _post(lead, "proposal_asks", joint_draft.pk, **what)
    assert "Say whether the hours are once" in refused.text
    added, queries = _post(lead, "proposal_asks", joint_draft.pk, **what, effort_per="once")
    assert added.status_code == 302
    assert queries <= POST_BUDGET
    ask = Ask.objects.get(code="A-02")
    sent, queries = _post(lead, "ask_send", ask.pk)
    assert sent.url == reverse("proposal_asks", args=[joint_draft.pk])
    assert queries <= POST_BUDGET
    ask.refresh_from_db()
    assert ask.current_terms.number == 1
    _post(lead, "ask_edit", ask.pk, what="Fill three", effort_hours="30", effort_per="once")
    assert "Changed since it was sent" in lead.get(reverse("proposal_asks", args=[joint_draft.pk])).text
    _post(lead, "asks_send_all", joint_draft.pk)
    assert ask.terms.count() == 2
    _post(lead, "ask_withdraw", ask.pk)
    assert lead.get(reverse("ask_edit", args=[ask.pk])).status_code == 404


def test_hours_of_schools(draft, lead, units):
    data = {"activity": "meeting", "hours": "5", "months": ["2026-09-01", "2026-10-01"]}
    schools = [units["BMS"].pk, units["EHS"].pk]
    assert _post(lead, "proposal_schools", draft.pk, **data, schools=schools)[0].status_code == 302
    page = lead.get(reverse("proposal_schools", args=[draft.pk]))
    assert page.context["by_school"][0] == ("Brook Middle School", None, [(5, 5, None), (5, 5, None)], 10)
    refused, _ = _post(lead, "proposal_schools", draft.pk, **data)
    assert "Please fill this in" in refused.text


def test_sponsors_by_hand(draft, lead, units, partner_head, signed_in):
    _post(lead, "proposal_sponsors", draft.pk, unit=units["SSS"].pk)
    row = draft.sponsorships.get(unit=units["SSS"])
    partner = signed_in(partner_head)
    assert "Accept" in partner.get(reverse("proposal_sponsors", args=[draft.pk])).text
    _post(partner, "sponsor_accept", row.pk, contribution="A counselor.")
    row.refresh_from_db()
    assert row.accepted_by == partner_head
    _post(lead, "sponsor_lead", row.pk)
    assert Proposal.objects.get(pk=draft.pk).lead.code == "SSS"
    own = draft.sponsorships.get(unit=units["TL"])
    assert _post(lead, "sponsor_leave", own.pk)[0].url == reverse("proposals")
    assert lead.get(reverse("proposal_sponsors", args=[draft.pk])).status_code == 404


def test_declining_by_hand(draft, lead_head, units, partner_head, signed_in):
    row = sponsors.invite_sponsor(proposal=draft, unit=units["SSS"], by=lead_head)
    assert _post(signed_in(partner_head), "sponsor_decline", row.pk)[0].url == "/"
    assert signed_in(partner_head).get(reverse("proposal", args=[draft.pk])).status_code == 404


def test_signing_and_submitting_by_hand(joint_draft, lead, partner_head, signed_in):
    partner = signed_in(partner_head)
    for client, words in ((lead, "Two coaches."), (partner, "A counselor.")):
        page = client.get(reverse("proposal_sign", args=[joint_draft.pk]))
        data = {"contribution": words, "seen": page.context["seen"]}
        data["sponsorship"] = page.context["mine"].pk
        signed, queries = _post(client, "proposal_sign", joint_draft.pk, **data)
        assert signed.status_code == 302
        assert queries <= POST_BUDGET
    submitted, queries = _post(lead, "proposal_submit", joint_draft.pk)
    assert submitted.url == joint_draft.get_absolute_url()
    assert queries <= POST_BUDGET
    twice, _ = _post(lead, "proposal_submit", joint_draft.pk)
    assert twice.url == submitted.url
    assert joint_draft.versions.filter(kind="submission").count() == 1


def test_signing_what_changed_meanwhile_shows_the_difference(joint_draft, lead, partner_head):
    url = reverse("proposal_sign", args=[joint_draft.pk])
    page = lead.get(url).context
    data = {"contribution": "Two coaches.", "sponsorship": page["mine"].pk}
    lead.post(url, data | {"seen": page["seen"], "once": "1"})
    drafting.edit_section(proposal=joint_draft, kind="working_together", text="Other.", by=partner_head)
    page = lead.get(url)
    assert [d.what for d in page.context["differences"]] == ["Working-together plan"]
    seen = page.context["seen"]
    drafting.edit_section(proposal=joint_draft, kind="working_together", text="Third.", by=partner_head)
    refused = lead.post(url, data | {"seen": seen, "once": "2"})
    assert "The proposal changed while you were reading" in refused.text
    assert SignOn.objects.count() == 1


def test_a_first_sign_on_sees_what_changed_meanwhile(joint_draft, lead, partner_head):
    url = reverse("proposal_sign", args=[joint_draft.pk])
    page = lead.get(url).context
    data = {"contribution": "Two coaches.", "sponsorship": page["mine"].pk, "seen": page["seen"]}
    drafting.edit_section(proposal=joint_draft, kind="working_together", text="Other.", by=partner_head)
    refused = lead.post(url, data | {"once": "1"})
    assert [(d.what, d.after) for d in refused.context["meanwhile"]] == [("Working-together plan", "Other.")]
    assert "What changed while you were reading" in refused.text and not SignOn.objects.exists()
    again = lead.post(url, data | {"seen": refused.context["seen"], "once": "2"})
    assert again.status_code == 302 and SignOn.objects.count() == 1


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "forged"}])
def test_nobody_signs_what_was_not_read(joint_draft, lead, seen):
    url = reverse("proposal_sign", args=[joint_draft.pk])
    row = joint_draft.sponsorships.get(unit__code="TL").pk
    page = lead.post(url, {"contribution": "Two coaches.", "sponsorship": row, "once": "1", **seen})
    assert "Read first what the sponsors agree to" in page.text and not SignOn.objects.exists()


def test_submitting_too_early_says_what_is_missing(draft, lead):
    page = lead.post(reverse("proposal_submit", args=[draft.pk]), {"once": "1"}, follow=True)
    assert "Add at least one cost line." in page.text
    assert "Submit P-01" not in page.text


def test_withdrawing_by_hand(submitted, lead):
    assert "Please fill this in" in _post(lead, "proposal_withdraw", submitted.pk)[0].text
    assert _post(lead, "proposal_withdraw", submitted.pk, reason="No staff.")[0].status_code == 302
    assert Proposal.objects.get(pk=submitted.pk).status == "withdrawn"


def test_relations_by_hand(draft, lead, lead_head, units):
    other = drafting.start_proposal(season=draft.season, unit=units["TL"], title="Other", by=lead_head)
    _post(lead, "proposal_links", draft.pk, kind="depends_on", target=other.pk)
    link = draft.links_out.get()
    assert "depends on" in lead.get(reverse("proposal_links", args=[other.pk])).text
    _post(lead, "link_remove", draft.pk, link.pk)
    assert not draft.links_out.exists()


def test_opening_late_by_hand(draft, steward, signed_in):
    client = signed_in(steward)
    page = client.get(reverse("late_edit"))
    assert "P-01, draft" in page.text
    assert "Reading coaches" not in page.text
    data = {"proposal": draft.pk, "until": "2025-12-18", "reason": "Snow."}
    assert _post(client, "late_edit", **data)[0].status_code == 302
    draft.refresh_from_db()
    assert draft.late_until.isoformat() == "2025-12-18"


def test_acts_change_nothing_on_get(joint_draft, lead):
    ask, row = joint_draft.asks.get(), joint_draft.sponsorships.get(unit__code="SSS")
    for name, pk in (
        ("ask_send", ask.pk), ("ask_withdraw", ask.pk), ("asks_send_all", joint_draft.pk),
        ("sponsor_decline", row.pk), ("sponsor_leave", row.pk), ("sponsor_lead", row.pk),
    ):  # fmt: skip
        assert lead.get(reverse(name, args=[pk])).status_code == 302
    ask.refresh_from_db()
    row.refresh_from_db()
    assert (ask.withdrawn_at, row.left_at, row.is_lead) == (None, None, False)
