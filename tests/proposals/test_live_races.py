"""Many write at the same moment, on PostgreSQL: every acknowledged word is there at the end, or kept."""

import base64
import threading

import pytest
from django.db import connections
from django.utils import timezone

from activity.refused import Refused
from proposals import live
from proposals.actions import drafting, submission
from proposals.actions.compaction import compact
from proposals.actions.live import merge_updates
from proposals.actions.meanwhile import digest_of
from proposals.actions.text import Update
from proposals.models import KeptText, Proposal, ProposalVersion, SectionWriter
from proposals.rules.text import text_for
from tests.cast_proposals import signed_by

from .editors import Editor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

EDITORS, WORDS = 6, 10


def at_once(*acts) -> list:
    """Run the acts in threads that start together; what each returned. An error ends the test."""
    gate, results, wrong = threading.Barrier(len(acts)), [None] * len(acts), []

    def run(n, act):
        try:
            gate.wait(timeout=20)
            results[n] = act()
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not wrong
    return results


def sent(editor: Editor, proposal: Proposal, person, words: str):
    """Write a paragraph and send it, as the page does."""
    return send(editor.write(words), proposal, person)


def send(row: dict, proposal: Proposal, person):
    data = base64.b64decode(row["data"])
    update = Update(row["kind"], row["key"], row["client"], data)
    return merge_updates(pk=proposal.pk, updates=[update], by=person)


def writer(n: int, proposal: Proposal, person, kind: str = "need", words: int = WORDS):
    """A person who writes; returns the acknowledged words."""

    def act():
        editor, acknowledged = Editor(kind), []
        for k in range(words):
            said = f"w{n}x{k}x"
            received = sent(editor, proposal, person, said)
            if received.accepted:
                acknowledged.append(said)
            editor.take(live.news_of(received.proposal, editor.since))
        return acknowledged

    return act


def compacting(proposal: Proposal, times: int = 8):
    def act():
        for _ in range(times):
            compact(proposal.pk, timezone.now())
        return []

    return act


def said_by(proposal: Proposal, person, kind: str = "need") -> str:
    """What somebody reads who opens the page now."""
    editor = Editor(kind)
    editor.take(live.news_of(text_for(person, proposal.pk), 0))
    return editor.text


def test_one_section_while_old_rows_are_merged(draft, lead_head, lead_deputy, lead_contributor):
    people = [lead_head, lead_deputy, lead_contributor] * 2
    words = at_once(
        *(writer(n, draft, person) for n, person in enumerate(people)), compacting(draft), compacting(draft)
    )
    expected = {word for row in words for word in row}
    assert len(expected) == EDITORS * WORDS
    text = draft.sections.get(kind="need").text
    assert {word for word in expected if word not in text} == set()
    assert said_by(draft, lead_head) == text
    compact(draft.pk, timezone.now())
    assert not draft.updates.exists()
    assert said_by(draft, lead_head) == text
    writers = SectionWriter.objects.filter(section__proposal=draft)
    assert {w.person for w in writers} == set(people)
    assert writers.count() == EDITORS


def test_deletes_against_edits(draft, lead_head, lead_deputy):
    """One takes out paragraphs while others write: what was taken out stays out, what was written stays."""
    begun = Editor()
    for n in range(WORDS):
        sent(begun, draft, lead_head, f"old{n}x")

    # Read before anybody writes: else a first word that landed in front would be taken out rightly.
    editor = Editor()
    editor.take(live.news_of(text_for(lead_head, draft.pk), 0))

    def delete():
        for _ in range(WORDS):
            del editor.body.children[0]
            assert send(editor.news(), draft, lead_head).accepted
        return []

    words = at_once(delete, writer(1, draft, lead_deputy), writer(2, draft, lead_head), compacting(draft))
    text = draft.sections.get(kind="need").text
    assert [word for row in words for word in row if word not in text] == []
    assert "old" not in text
    assert said_by(draft, lead_head) == text


def test_several_sections_at_once(draft, lead_head, lead_deputy):
    kinds = ["need", "summary", "strategy", "equity"]
    words = at_once(
        *(writer(n, draft, (lead_head, lead_deputy)[n % 2], kind) for n, kind in enumerate(kinds)),
        compacting(draft),
    )
    for kind, row in zip(kinds, words, strict=False):
        assert [word for word in row if word not in draft.sections.get(kind=kind).text] == []
    draft.refresh_from_db()
    numbers = draft.updates.values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers)
    assert draft.text_number == len(kinds) * WORDS


def test_submitting_while_others_write(joint_draft, people):
    signed_by(joint_draft, people)
    authors = [people.lead_deputy, people.partner_head, people.lead_contributor]

    def submit():
        return submission.submit(proposal=joint_draft, by=people.lead_head) and []

    words = at_once(*(writer(n, joint_draft, who) for n, who in enumerate(authors)), submit)
    frozen = ProposalVersion.objects.get(proposal=joint_draft, kind="submission").content["sections"]["need"]
    assert joint_draft.sections.get(kind="need").text == frozen
    for person, row in zip(authors, words, strict=False):
        kept = "".join(KeptText.objects.filter(kept_by=person).values_list("text", flat=True))
        assert len(row) == WORDS
        assert [word for word in row if word not in frozen and word not in kept] == []


def test_the_plain_form_and_the_editor_at_once(draft, lead_head, lead_deputy):
    def form():
        for k in range(WORDS):
            while True:
                stands = getattr(draft.sections.filter(kind="need").first(), "text", "")
                text, began = f"{stands}\n\nplain{k}x", digest_of(stands)
                try:
                    drafting.edit_section(proposal=draft, kind="need", text=text, began=began, by=lead_head)
                    break
                except Refused:
                    continue
        return [f"plain{k}x" for k in range(WORDS)]

    words = at_once(form, writer(1, draft, lead_deputy), writer(2, draft, lead_deputy))
    text = draft.sections.get(kind="need").text
    assert [word for row in words for word in row if word not in text] == []


def test_text_from_before_is_there_once(draft, lead_head, lead_deputy):
    """Two first editors at once begin from the same imported text, and nothing stands twice."""
    draft.sections.create(kind="need", text="Imported words.\n\nTwo lines.")
    at_once(writer(1, draft, lead_head, words=2), writer(2, draft, lead_deputy, words=2))
    text = draft.sections.get(kind="need").text
    assert text.count("Imported words.") == text.count("Two lines.") == 1
    assert all(word in text for word in ("w1x0x", "w1x1x", "w2x0x", "w2x1x"))


def test_one_update_sent_by_two_requests_at_once(draft, lead_head):
    row = Editor().write("Once.")
    update = Update(row["kind"], row["key"], row["client"], base64.b64decode(row["data"]))
    results = at_once(*[lambda: merge_updates(pk=draft.pk, updates=[update], by=lead_head)] * 3)
    assert all(list(result.accepted) == [update.key] for result in results)
    assert draft.updates.count() == 1
    assert draft.sections.get(kind="need").text == "Once."
