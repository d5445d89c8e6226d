"""The protocol of writing together: what is merged, refused, kept and told."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pycrdt import XmlElement, XmlText

from activity.models import Entry
from proposals.actions import drafting, text
from proposals.actions.compaction import compact
from proposals.actions.meanwhile import digest_of
from proposals.document.checking import Malformed
from proposals.document.merging import merged
from proposals.models.content import content_of, substance_now

from .editors import Editor, ask, send

SENDING, ASKING = 12, 4


def counted(queries) -> int:
    """Queries without the marks of transactions."""
    return sum("SAVEPOINT" not in query["sql"] for query in queries)


def need(proposal):
    return proposal.sections.get(kind="need")


def test_two_editors_read_each_other(draft, lead, deputy):
    one, two = Editor(), Editor()
    sent = send(lead, draft, one.write("Bold words.")).json()
    assert sent["refused"] == [] and len(sent["accepted"]) == 1
    two.take(ask(deputy, draft).json())
    assert two.text == "Bold words."
    one.take(send(deputy, draft, two.write("More."), since=two.since).json())
    assert need(draft).text == "Bold words.\n\nMore."
    assert need(draft).html == "<p>Bold words.</p><p>More.</p>"
    assert content_of(draft)["html"] == {"need": need(draft).html}


def test_queries(draft, lead):
    one = Editor()
    number = send(lead, draft, one.write("A"), here=one.here()).json()["number"]
    update = one.write("B")
    with CaptureQueriesContext(connection) as queries:
        answer = send(lead, draft, update, since=number, here=one.here()).json()
    assert answer["rows"] == [], "the own rows do not come back"
    assert counted(queries) <= SENDING
    with CaptureQueriesContext(connection) as queries:
        ask(lead, draft, answer["number"], one.here())
    assert counted(queries) <= ASKING


def test_sent_again_and_in_another_order(draft, lead, deputy):
    one, two = Editor(), Editor()
    updates = [one.write(word) for word in ("First.", "Second.", "Third.")]
    for update in (updates[2], updates[0], updates[2], updates[1], updates[0]):
        answer = send(lead, draft, update).json()
        assert answer["accepted"] == [update["key"]]
    assert draft.updates.count() == 3
    assert need(draft).text == "First.\n\nSecond.\n\nThird."
    two.take(ask(deputy, draft).json())
    assert two.text == one.text


def test_one_sitting_one_entry(draft, lead, lead_head, monkeypatch):
    one = Editor()
    for word in ("One.", "Two.", "Three."):
        send(lead, draft, one.write(word))
    told = Entry.objects.about(draft).filter(verb="edit sections")
    assert [entry.sentence for entry in told] == ["wrote in “Problem and need”"]
    later = timezone.now() + timezone.timedelta(minutes=31)
    monkeypatch.setattr("proposals.actions.live.timezone.now", lambda: later)
    send(lead, draft, one.write("After lunch."))
    assert told.all().count() == 2
    draft.refresh_from_db()
    assert draft.edited_by == lead_head


def test_a_bad_update_does_not_spoil_the_good_ones(draft, lead):
    one, two = Editor(), Editor("summary")
    good, bad, other = one.write("Good."), one.update(b"no update"), two.write("Other.")
    answer = send(lead, draft, bad, good, other).json()
    assert set(answer["accepted"]) == {good["key"], other["key"]}
    assert answer["refused"][0]["key"] == bad["key"]
    assert "could not be read" in answer["refused"][0]["why"]
    assert (need(draft).text, draft.sections.get(kind="summary").text) == ("Good.", "Other.")


def test_too_much_at_once(draft, lead, monkeypatch):
    monkeypatch.setattr("proposals.actions.live.LARGEST_UPDATE", 1000)
    answer = send(lead, draft, Editor().write("x" * 1001)).json()
    assert "Paste it in parts" in answer["refused"][0]["why"]
    monkeypatch.setattr("proposals.forms.live.LARGEST_REQUEST", 300)
    assert send(lead, draft, Editor().write("x" * 300)).status_code == 413


def test_a_section_has_an_end(draft, lead, monkeypatch):
    monkeypatch.setattr(text, "LONGEST_TEXT", 20)
    fits, long = Editor().write("x" * 15), Editor().write("y" * 15)
    answer = send(lead, draft, fits, long).json()
    assert len(answer["accepted"]) == 1
    assert "too long" in answer["refused"][0]["why"]


def test_nobody_writes_as_another(draft, lead, deputy):
    """Or the next words of that page would be taken for known ones: acknowledged, and gone."""
    honest, forger = Editor(), Editor()
    number = send(lead, draft, honest.write("Mine.")).json()["number"]
    forged = Editor(client=honest.client)
    forged.take(ask(deputy, draft).json())
    answer = send(deputy, draft, forged.write("Not mine.")).json()
    assert "somebody else" in answer["refused"][0]["why"]
    hidden = forged.write("Nor this.") | {"client": forger.client}
    assert "could not be read" in send(deputy, draft, hidden).json()["refused"][0]["why"]
    send(lead, draft, honest.write("Mine, too."), since=number)
    assert need(draft).text == "Mine.\n\nMine, too."
    compact(draft.pk, timezone.now())
    assert "somebody else" in send(deputy, draft, forged.write("Late.")).json()["refused"][0]["why"]


def test_a_hidden_text_does_not_grow_until_it_comes_in_all_at_once(draft, lead):
    one = Editor()
    one.write("First.")
    late = one.write("x" * 5_000)
    answer = send(lead, draft, late).json()
    assert "builds on words that are not here" in answer["refused"][0]["why"]
    assert not draft.updates.exists()


def test_one_that_would_end_the_process_is_refused(draft, lead):
    """A value nested too deep: the Rust twin of Yjs follows it by recursion."""
    bomb = b"\1\2\7\0\7\1\4body\3\1p\x28\0\7\0\1a\1" + b"\x75\1" * 60_000 + b"\x7e\0"
    update = Editor(client=7).update(bomb)
    assert "could not be read" in send(lead, draft, update).json()["refused"][0]["why"]


def test_nothing_waits_for_the_next_words_of_another(draft, lead, deputy):
    """Or these would be refused as they came, for what hangs on them."""
    honest = Editor(client=500)
    send(lead, draft, honest.write("Mine."))
    hung = b"\1\1\x63\0\7\0\xf4\3\x7f\3\1p\0"  # client 99: a block in what 500 has not written yet
    answer = send(deputy, draft, Editor(client=99).update(hung)).json()
    assert "not here" in answer["refused"][0]["why"]
    assert send(lead, draft, honest.write("Mine, too.")).json()["refused"] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: XmlText("Outside of every block."),
        lambda: XmlElement("table", {}, [
            XmlElement("tableRow", {}, [XmlElement("tableCell", {"colspan": 10**9}, [])]) for _ in range(60)
        ]),
        lambda: XmlElement("table", {}, [
            XmlElement("tableRow", {}, [XmlElement("tableCell", {}, []) for _ in range(n)])
            for n in (600, *[0] * 99)
        ]),
    ],
)  # fmt: skip
def test_what_no_browser_can_lay_out_is_refused(draft, lead, make):
    one = Editor()
    one.body.children.append(make())
    assert send(lead, draft, one.news()).json()["refused"]
    assert not draft.updates.exists()


def test_a_document_that_breaks_as_it_is_committed_is_refused(draft, lead):
    """pycrdt panics then, outside of the update that did it; a panic would end the process."""
    with pytest.raises(Malformed):
        merged(b"", [b"\1\2\x4d\0\x21\1\4body\1a\1\0\0\1\x4d\1\1\1"])
    assert "lines" not in send(lead, draft, Editor().write("Still here.")).json()["refused"]


def test_two_changes_under_one_key_are_not_taken_for_one(draft, lead):
    one = Editor()
    rows = [one.write("One."), one.write("Two.")]
    answer = send(lead, draft, rows[0], rows[1] | {"key": rows[0]["key"]})
    assert answer.status_code == 400 and "key of its own" in answer.json()["why"]


def test_lists_end_somewhere(draft, lead):
    one = Editor()
    for depth in (40, 40):
        inner = one.body
        while len(inner.children):
            inner = inner.children[0]
        for _ in range(depth):
            inner.children.append(XmlElement("blockquote", {}, []))
            inner = inner.children[0]
        answer = send(lead, draft, one.news()).json()
    assert "could not be read" in answer["refused"][0]["why"]
    assert draft.updates.count() == 1


GOOD = {"kind": "need", "key": "12345678", "client": 7, "data": ""}


@pytest.mark.parametrize(
    "sent",
    [
        "no json", "[]", "{}", '{"since": "x"}', {"since": -1}, {"since": True}, {"since": 2**60},
        {"updates": {}}, {"updates": [1]}, {"updates": [GOOD] * 501}, [GOOD | {"kind": "nothing"}],
        [GOOD | {"kind": []}], [GOOD | {"key": "short"}], [GOOD | {"key": "x" * 41}],
        [GOOD | {"key": "a\x00bcdefgh"}], [GOOD | {"client": 1}], [GOOD | {"client": "7"}],
        [GOOD | {"data": "***"}], [GOOD | {"data": 3}], {"here": 3}, {"here": {"kind": "need"}},
        {"here": {"kind": "x", "client": 3}}, "[" * 100_000,
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(draft, lead, sent):
    sent = {"updates": sent} if isinstance(sent, list) else sent
    body = sent if isinstance(sent, str) else json.dumps({"since": 0} | sent)
    response = lead.post(f"/proposals/{draft.pk}/live/", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["why"]
    assert not draft.updates.exists()


def test_who_may_not(draft, stranger, hr_head, signed_in):
    update = Editor().write("Mine.")
    for response in (send(Client(), draft, update), ask(Client(), draft)):
        assert (response.status_code, "signed out" in response.json()["why"]) == (401, True)
    for response in (send(signed_in(stranger), draft, update), ask(signed_in(hr_head), draft)):
        assert response.status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(draft.created_by)
    assert send(strict, draft, update).status_code == 403
    token = ask(strict, draft).json()["token"]
    sent = strict.post(
        f"/proposals/{draft.pk}/live/", json.dumps({"since": 0, "updates": [update]}),
        content_type="application/json", headers={"X-CSRFToken": token},
    )  # fmt: skip
    assert sent.json()["accepted"] == [update["key"]]


def test_strangers_do_not_read_what_is_revised(in_revision, stranger, signed_in):
    assert ask(signed_in(stranger), in_revision).status_code == 404


def test_text_from_before_comes_as_a_first_update(draft, lead, deputy):
    draft.sections.create(kind="need", text="Imported.\n\nTwo\nlines.")
    draft.sections.create(kind="equity", text="Elsewhere.")
    one, two, other = Editor(), Editor(), Editor("equity")
    one.take(ask(lead, draft).json())
    assert one.text == "Imported.\n\nTwo\nlines."
    send(lead, draft, one.write("Added."), since=one.since)
    assert [row.client for row in draft.updates.order_by("number")] == [1, one.client]
    two.take(ask(deputy, draft).json())
    other.take(ask(deputy, draft).json())
    assert (two.text, other.text) == ("Imported.\n\nTwo\nlines.\n\nAdded.", "Elsewhere.")


def test_the_plain_form_merges_with_the_editor(draft, lead, lead_deputy):
    one = Editor()
    one.take(send(lead, draft, one.write("The bus comes early.")).json())
    began = digest_of(need(draft).text)
    typed = one.write("Unsent.")
    drafting.edit_section(
        proposal=draft, kind="need", text="The bus comes late.", began=began, by=lead_deputy
    )
    one.take(send(lead, draft, typed, since=one.since).json())
    assert one.text == need(draft).text == "The bus comes late.\n\nUnsent."


def test_looks_alone_change_no_substance(joint_draft, lead):
    plan = Editor("working_together")
    plan.take(ask(lead, joint_draft).json())
    before = substance_now(joint_draft)
    plan.body.children[0].children[0].format(0, 5, {"bold": {}})
    send(lead, joint_draft, plan.news())
    assert substance_now(joint_draft) == before
    send(lead, joint_draft, plan.write("A new duty."))
    assert substance_now(joint_draft) != before
