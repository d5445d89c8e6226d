"""Writing together, the quiet parts: what is kept, who was away, who is here."""

import base64
import json

import pytest
from django.utils import timezone

from activity.refused import Refused
from proposals import live as together
from proposals.actions import drafting, sponsors, text
from proposals.actions.compaction import compact, compact_due
from proposals.actions.kept import discard_kept, offer_kept
from proposals.document.merging import merged, state_of
from proposals.inbox import awaited
from proposals.models import KeptText, Sponsorship

from .editors import Editor, ask, send


def need(proposal):
    return proposal.sections.get(kind="need")


def test_an_invited_unit_reads_and_waits(draft, units, lead_head, hr_head, signed_in):
    sponsors.invite_sponsor(proposal=draft, unit=units["HRT"], by=lead_head)
    answer = send(signed_in(hr_head), draft, Editor().write("Early.")).json()
    assert "has accepted" in answer["closed"]
    assert KeptText.objects.get(pk=answer["kept"][0]).text == "Early."
    assert not draft.sections.exists()


def test_after_the_freeze_words_are_kept_for_their_author(submitted, lead, lead_head, lead_deputy, signed_in):
    one = Editor()
    one.take(ask(lead, submitted).json())
    stood = need(submitted).text
    first, second = one.write("Too late."), one.write("And more.")
    answer = send(lead, submitted, first, since=one.since).json()
    assert "P-01 is submitted" in answer["closed"] and answer["wait"] == 15
    assert answer["accepted"] == [first["key"]]
    assert send(lead, submitted, first, second).json()["kept"] == answer["kept"]
    kept = KeptText.objects.get()
    assert (kept.text, kept.kept_by) == (f"{stood}\n\nToo late.\n\nAnd more.", lead_head)
    assert need(submitted).text == stood
    page = lead.get(submitted.get_absolute_url()).text
    assert "kept for you" in page
    assert "kept for you" not in signed_in(lead_deputy).get(submitted.get_absolute_url()).text
    assert "Too late." in lead.get(f"/proposals/{submitted.pk}/edit/").text
    # Settled, it does not come back when the page sends it again.
    assert lead.post(f"/kept/{kept.pk}/discard/", {"once": "d"}).status_code == 302
    assert send(lead, submitted, first).json()["kept"] == []
    assert KeptText.objects.count() == 1


def test_what_is_kept_has_an_end(submitted, lead, lead_head, monkeypatch):
    """Whoever may not write any more fills no table either, and is told before the words are gone."""
    monkeypatch.setattr(text, "LONGEST_TEXT", 2_000)
    late = Editor()
    first = send(lead, submitted, late.write("x" * 1_500)).json()
    assert len(first["accepted"]) == 1 and len(first["kept"]) == 1
    answer = send(lead, submitted, late.write("y" * 1_500)).json()
    assert answer["accepted"] == [] and "too long" in answer["refused"][0]["why"]
    assert "y" not in KeptText.objects.get(kept_by=lead_head).text


def test_only_the_author_discards_and_once(submitted, lead, lead_head, lead_deputy, signed_in):
    send(lead, submitted, Editor().write("Late."))
    kept = KeptText.objects.get()
    assert signed_in(lead_deputy).post(f"/kept/{kept.pk}/discard/").status_code == 404
    with pytest.raises(Refused, match="Only who wrote it"):
        discard_kept(kept=kept, by=lead_deputy)
    discard_kept(kept=kept, by=lead_head)
    with pytest.raises(Refused, match="settled before"):
        discard_kept(kept=kept, by=lead_head)


# --- Who was away ----------------------------------------------------------------------------------


def test_many_rows_become_a_state(draft, lead, deputy, monkeypatch):
    monkeypatch.setattr(text, "ROWS_BEFORE_STATE", 3)
    one, two = Editor(), Editor()
    for n in range(9):
        send(lead, draft, one.write(f"Line {n}."))
    assert need(draft).state_number == 8
    two.take(ask(deputy, draft).json())
    assert two.text == one.text == need(draft).text


def test_old_rows_go_and_nothing_else(draft, lead, deputy, lead_head):
    one, two, behind = Editor(), Editor(), Editor()
    behind.take(send(lead, draft, one.write("First.")).json() | {"rows": []})
    behind.doc.apply_update(one.doc.get_update())
    waits, missing = Editor(), Editor()
    lost, late = waits.write("Comes first."), waits.write("Builds on it.")
    send(lead, draft, one.write("Second."), late)
    assert compact_due() == 0, "nothing is old yet"
    assert compact(draft.pk, timezone.now()) == 3
    assert not draft.updates.exists()
    assert {(w.person, w.client) for w in need(draft).writers.all()} == {
        (lead_head, one.client), (lead_head, waits.client),
    }  # fmt: skip
    for reader, since in ((two, 0), (behind, behind.since)):
        reader.take(ask(deputy, draft, since).json())
        assert reader.text == "First.\n\nSecond."
    send(lead, draft, lost)
    missing.take(ask(deputy, draft).json())
    assert "Builds on it." in need(draft).text and missing.text == need(draft).text


def test_the_database_refuses_to_remove_what_no_state_holds(draft, lead):
    send(lead, draft, Editor().write("Words."))
    with pytest.raises(Exception, match="append-only"):
        draft.updates.all().remove_merged()


def test_who_was_long_away_asks_by_state(draft, lead, deputy):
    one, two = Editor(), Editor()
    draft.sections.create(kind="equity", text="Elsewhere.")
    two.take(send(lead, draft, one.write("First.")).json() | {"rows": []})
    two.doc.apply_update(one.doc.get_update())
    send(lead, draft, one.write("Second."))
    compact(draft.pk, timezone.now())
    two.write("Mine.")
    url = f"/proposals/{draft.pk}/live/missing/"
    vectors = {"need": base64.b64encode(two.doc.get_state()).decode()}
    answer = deputy.post(url, json.dumps({"vectors": vectors}), content_type="application/json").json()
    two.take(answer)
    assert two.text == "First.\n\nSecond.\n\nMine." or two.text == "First.\n\nMine.\n\nSecond."
    assert set(answer["vectors"]) == {"need", "equity"}
    mine = two.doc.get_update(base64.b64decode(answer["vectors"]["need"]))
    send(deputy, draft, two.update(mine))
    assert need(draft).text == two.text
    for bad in ({"vectors": []}, {"vectors": {"x": ""}}, {"vectors": {"need": "////"}}):
        assert deputy.post(url, json.dumps(bad), content_type="application/json").status_code == 400


@pytest.fixture
def parted(joint_draft, partner_head):
    """Student support sponsors it no more."""
    row = Sponsorship.objects.get(proposal=joint_draft, unit__code="SSS")
    sponsors.leave(sponsorship=row, by=partner_head)
    return joint_draft


def test_a_person_who_left_finds_the_door_shut(joint_draft, partner_head, signed_in, request):
    partner = signed_in(partner_head)
    assert ask(partner, joint_draft).status_code == 200
    request.getfixturevalue("parted")
    assert ask(partner, joint_draft).status_code == 404
    missing = partner.post(
        f"/proposals/{joint_draft.pk}/live/missing/", '{"vectors": {}}', content_type="application/json"
    )
    assert missing.status_code == 404
    assert partner.get(f"/proposals/{joint_draft.pk}/edit/").status_code == 404


def test_words_of_a_unit_that_left_are_kept_without_the_draft(
    joint_draft, partner_head, lead_head, signed_in, request
):
    editor, partner = Editor(), signed_in(partner_head)
    editor.take(ask(partner, joint_draft).json())
    request.getfixturevalue("parted")
    drafting.edit_section(proposal=joint_draft, kind="need", text="Secret otters, of whom 9.", by=lead_head)
    editor.body.children[0].children[0].insert(0, "My otters. ")
    first = editor.news()
    here = {"kind": "need", "client": editor.client, "caret": None}
    sent = send(partner, joint_draft, first, since=editor.since, here=here)
    assert sent.status_code == 200
    answer = sent.json()
    assert answer["accepted"] == [first["key"]]
    assert "does not sponsor this proposal any more" in answer["closed"]
    assert (answer["rows"], answer["people"], answer["number"]) == ([], [], editor.since)
    assert together.meet(joint_draft.pk, lead_head, None) == [], "nobody sees them there"
    second = editor.write("And a second one.")
    assert send(partner, joint_draft, first, second).json()["kept"] == answer["kept"]
    kept = KeptText.objects.get()
    assert (kept.text, kept.is_whole) == ("My otters. \n\nAnd a second one.".replace(". \n", ".\n"), False)
    assert need(joint_draft).text == "Secret otters, of whom 9."

    page = partner.get(f"/proposals/{joint_draft.pk}/edit/", follow=True).text
    assert "And a second one." in page
    assert "Your words, to copy" in page
    assert "Secret" not in page
    assert joint_draft.title not in page
    assert "Offer as suggestion" not in page
    with pytest.raises(Refused, match="your words alone were kept"):
        offer_kept(kept=kept, by=partner_head)
    assert [row.path for row in awaited([partner_head]) if row.key.startswith("kept:")] == [
        f"/proposals/{joint_draft.pk}/edit/"
    ]
    assert partner.post(f"/kept/{kept.pk}/discard/", {"once": "d"}).headers["Location"] == "/kept/"
    assert "Nothing is kept for you" in partner.get("/kept/").text


def test_who_never_sponsored_it_keeps_nothing_there(joint_draft, hr_head, units, lead_head, signed_in):
    outsider = signed_in(hr_head)
    assert send(outsider, joint_draft, Editor().write("In.")).status_code == 404
    invited = sponsors.invite_sponsor(proposal=joint_draft, unit=units["HRT"], by=lead_head)
    sponsors.decline_invitation(sponsorship=invited, by=hr_head)
    assert send(outsider, joint_draft, Editor().write("In.")).status_code == 404
    assert not KeptText.objects.exists()


def test_a_state_holds_what_waits():
    waits = Editor()
    waits.write("First.")
    late = waits.write("Second.")
    data = base64.b64decode(late["data"])
    assert merged(state_of(merged(b"", [data]))).waiting


def test_who_wrote_what_stands_under_each_section_also_when_rows_are_merged(
    joint_draft, people, lead, signed_in
):
    page = f"/proposals/{joint_draft.pk}/edit/"
    send(signed_in(people.partner_head), joint_draft, Editor("earlier_efforts").write("We tried buses."))
    send(lead, joint_draft, Editor("equity").write("Who gains."))
    text = lead.get(page).text
    assert "Written by Lena Lead (TL)" in text and "Written by Paula Partner (SSS)" in text
    assert "nothing yet from Teaching and learning" in text
    compact(joint_draft.pk, timezone.now())
    assert not joint_draft.updates.exists()
    send(lead, joint_draft, Editor("earlier_efforts").write("And coaches."))
    text = lead.get(page).text
    assert "Written by Lena Lead (TL), Paula Partner (SSS)" in text and "nothing yet from" not in text
