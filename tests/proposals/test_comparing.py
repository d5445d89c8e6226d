"""Two contents against each other, and keeping a version to compare."""

import copy

import pytest

from activity.models import Entry
from activity.refused import Refused
from proposals.actions.versions import name_version
from proposals.arithmetic.comparing import compare, differences
from proposals.arithmetic.words import paragraphs, tables, words

once = pytest.mark.once
LABELS = {"summary": "Summary", "need": "Need"}
LINE = {
    "number": 1, "description": "Coaches", "unit": "TL", "fund": "GF", "function": "2210", "object": "110",
    "benefits_object": "", "position": "", "fte": "2", "recurring": True, "cents": [100, 200, 300],
    "required_anyway": False, "note": "",
}  # fmt: skip
ASK = {"code": "A-01", "name": "Transportation", "what": "A bus", "amount_cents": 500, "sent": True}
CONTENT = {
    "title": "Coaches", "sections": {"summary": "We coach.", "need": "Many need it."}, "cost_lines": [LINE],
    "asks": [ASK], "sponsors": [], "goals": ["G1"], "students_served": None,
}  # fmt: skip


def against(**changes):
    return compare(CONTENT, copy.deepcopy(CONTENT) | changes, LABELS)


@once
def test_words_within_a_paragraph():
    assert words("One coach, weekly.", "One helper, weekly.") == [
        ("same", "One "), ("removed", "coach"), ("added", "helper"), ("same", ", weekly."),
    ]  # fmt: skip


@once
@pytest.mark.parametrize(("before", "after"), [("", ""), ("", "a b"), ("a b", ""), ("a b\nc", "a x\n\nc d")])
def test_no_word_is_lost(before, after):
    runs = words(before, after)
    assert "".join(r.text for r in runs if r.kind != "removed").split() == after.split()
    assert "".join(r.text for r in runs if r.kind != "added").split() == before.split()


@once
def test_paragraphs_that_came_and_went():
    found = paragraphs("Same.\n\nOld and gone entirely.", "Same.\n\nBrand new words here.\n\nMore.")
    assert found[0] == [("same", "Same.")]
    assert ("removed", "Old and gone entirely.") in found[1] + found[2]
    assert found[-1] == [("added", "More.")]


@once
@pytest.mark.timeout(20)
def test_no_blanks_make_a_comparison_long():
    blanks = " " * 1_000_000
    assert [run.kind for runs in paragraphs(f"a{blanks}b", "a b") for run in runs] == ["same"]


@once
def test_rows_of_a_table_are_compared_in_their_cells():
    before = "By school:\n\nSchool\tReferrals\n\t12\nBrook\t412"
    after = "By school:\n\nSchool\tReferrals\n\t12\nHill\t412\nNew\t7"
    (is_text, words_), (is_table, rows) = tables(paragraphs(before, after))
    assert (is_text, words_) == (False, [[[("same", "By school:")]]])
    assert is_table
    assert rows[:2] == [[[("same", "School")], [("same", "Referrals")]], [[], [("same", "12")]]]
    assert rows[2:] == [
        [[("removed", "Brook "), ("added", "Hill")], [("same", "412")]],
        [[("added", "New")], [("added", "7")]],
    ]
    gone = tables(paragraphs("School\tReferrals", ""))
    assert gone == [(True, [[[("removed", "School")], [("removed", "Referrals")]]])]


@once
def test_nothing_differs():
    assert against().is_empty


@once
def test_text_and_facts():
    result = against(title="Helpers", goals=["G1", "G2"], sections={"summary": "We help."})
    assert [(f.what, f.before, f.after) for f in result.facts] == [
        ("Title", "Coaches", "Helpers"), ("Goals", "", "G2"),
    ]  # fmt: skip
    assert [s.what for s in result.sections] == ["Summary", "Need"]


@once
def test_of_lists_only_what_came_and_went():
    kept, came = {"name": "Plan.pdf", "size": 76_769}, {"name": "Map.png", "size": 1}
    before = CONTENT | {"attachments": [kept], "demands": [["BMS", "2026-09-01", "meeting", "1", 5]]}
    after = before | {
        "attachments": [kept, came], "demands": [["BMS", "2026-09-01", "meeting", "1", 7]],
        "goals": ["G1", "G2"], "names": {"goal": {"G2": "Calm"}},
        "milestones": [{"what": "Hired", "due_on": "2026-08-01", "unit": "TL"}],
    }  # fmt: skip
    assert [(f.what, f.before, f.after) for f in compare(before, after, LABELS).facts] == [
        ("Goals", "", "G2 Calm"),
        (
            "Asked of schools", "September 2026, meeting: 5 hours, 1 day at BMS",
            "September 2026, meeting: 7 hours, 1 day at BMS",
        ),
        ("Attachments", "", "Map.png (1 KB)"), ("Milestones", "", "Hired, by 1 August 2026, TL"),
    ]  # fmt: skip
    (gone,) = compare(before, before | {"attachments": []}, LABELS).facts
    assert (gone.before, gone.after) == ("Plan.pdf (75 KB)", "")


@once
def test_hours_moved_from_one_school_to_another_differ():
    """Though the month's sum is the same; alike hours of several schools stand in one line."""
    names = {"school": {"BMS": "Bay Middle", "CES": "Cove Elementary"}}
    alike = ["2026-09-01", "coaching_day", "0", 5]
    before = CONTENT | {"names": names, "demands": [["AES", *alike], ["BMS", *alike]]}
    (moved,) = compare(before, before | {"demands": [["AES", *alike], ["CES", *alike]]}, LABELS).facts
    assert (moved.before, moved.after) == (
        "September 2026, coaching day: 5 hours at Bay Middle",
        "September 2026, coaching day: 5 hours at Cove Elementary",
    )
    (gone,) = compare(before, before | {"demands": []}, LABELS).facts
    assert gone.before == "September 2026, coaching day: 5 hours each at AES and Bay Middle"


@once
def test_lists_differ_by_what_they_hold_not_by_its_words():
    file = {"id": 1, "name": "Plan.pdf", "size": 76_769, "sha256": "a"}
    renamed = {"goals": ["G1"], "names": {"goal": {"G1": "Reading for all"}}}
    before, again = CONTENT | {"attachments": [file]}, renamed | {"attachments": [file | {"id": 2}]}
    assert compare(before, before | again, LABELS).is_empty
    (changed,) = compare(before, before | {"attachments": [file | {"sha256": "b"}]}, LABELS).facts
    assert changed.before == changed.after == "Plan.pdf (75 KB)"


@once
def test_lines_added_removed_changed_and_the_change_of_the_totals():
    dearer = LINE | {"cents": [150, 200, 300], "fund": "T1A"}
    result = against(cost_lines=[dearer, LINE | {"number": 2, "description": "Books"}])
    changed, added = result.lines
    assert (changed.kind, changed.before, changed.after) == ("changed", [100, 200, 300], [150, 200, 300])
    assert [(d.what, d.before, d.after) for d in changed.details] == [("fund", "GF", "T1A")]
    assert (added.kind, added.name, added.years[0]) == ("added", "Books", (None, 100))
    assert result.totals == [(100, 250, 150), (200, 400, 200), (300, 600, 300)]
    (removed,) = against(cost_lines=[]).lines
    assert (removed.kind, removed.years[2]) == ("removed", (300, None))


@once
def test_asks_with_old_and_new_terms():
    (ask,) = against(asks=[ASK | {"amount_cents": 900}]).asks
    assert (ask.code, ask.kind) == ("A-01", "changed")
    assert [(t.what, t.before, t.after) for t in ask.terms] == [("share of the money", "$5", "$9")]
    assert [a.kind for a in against(asks=[]).asks] == ["removed"]


@once
def test_sponsors_with_what_they_bring():
    sponsor = {"unit": "TL", "name": "Teaching", "lead": True, "accepted": True, "contribution": "Time"}
    assert [s.what for s in against(sponsors=[sponsor]).sponsors] == ["Sponsor Teaching"]


@once
def test_sponsors_that_are_invited_and_that_answer():
    lead = {"unit": "TL", "name": "Teaching", "lead": True, "accepted": True, "contribution": "Time"}
    asked = {"unit": "SSS", "name": "Services", "lead": False, "accepted": False, "contribution": ""}
    joined = asked | {"accepted": True, "contribution": "Hands"}

    def between(*sponsors):
        before, after = (CONTENT | {"sponsors": rows} for rows in sponsors)
        shown = compare(before, after, LABELS).sponsors
        return [(s.what, s.before, s.after) for s in shown], differences(before, after)

    waiting = "invited, not answered yet"
    assert between([lead], [lead, asked]) == ([("Sponsor Services", "not a sponsor", waiting)], [])
    shown, substance = between([lead, asked], [lead, joined])
    assert shown == [("Sponsor Services", waiting, "Hands")]
    assert [(s.before, s.after) for s in substance] == [("not a sponsor", "Hands")]


def looks(before: str, after: str, *texts: str):
    """The first section as it differs between two looks; the same words unless told."""
    sides = (
        CONTENT | {"sections": {"summary": text}, "html": {"summary": html} if html else {}}
        for html, text in zip((before, after), texts or ("We plan.",) * 2, strict=True)
    )
    found = compare(*sides, LABELS)
    return [(s.note, [(d.what, d.before, d.after) for d in s.links]) for s in found.sections]


def a(words: str, address: str = "https://a.example/?x=1&amp;y") -> str:
    return f'<a href="{address}" rel="noopener noreferrer">{words}</a>'


ADDRESS, OTHER = "https://a.example/?x=1&y", "https://b.example/"


@once
@pytest.mark.parametrize(
    ("before", "after", "note", "links"),
    [
        ("We plan.", "We <strong>plan</strong>.", "Only formatting differs", []),
        (f"We {a('plan')}.", f"We {a('plan', OTHER)}.", "Only links differ",
         [("Link on “plan”", ADDRESS, OTHER)]),
        ("We plan.", f"We {a('plan')}.", "Only links differ", [("Link on “plan”", "", ADDRESS)]),
        (f"{a('We ')}{a('<em>plan</em>')}.", "We plan.", "Only formatting and links differ",
         [("Link on “We plan”", ADDRESS, "")]),
    ],
)  # fmt: skip
def test_the_same_words_that_look_otherwise(before, after, note, links):
    found = looks(f"<p>{before}</p>", f"<p>{after}</p>")
    assert found == [(f"{note}; the words are the same.", links)]


@once
def test_a_link_that_leads_elsewhere_beside_other_words():
    sides = (f"<p>We {a('plan')} {a('so')}.</p>", f"<p>All {a('plan', OTHER)} {a('so')}.</p>")
    assert looks(*sides, "We plan so.", "All plan so.") == [("", [("Link on “plan”", ADDRESS, OTHER)])]


@once
def test_plain_text_and_its_paragraphs_look_the_same():
    text = "A & b <c> “d” 'e'\xa0f.\nLine.\n\nNext."
    html = "<p>A &amp; b &lt;c&gt; “d” 'e'&nbsp;f.<br>Line.</p><p>Next.</p>"
    assert looks("", html, text, text) == looks(html, html, text, text) == []


@once
def test_a_version_from_before_looks_were_kept_tells_nothing_of_them():
    assert compare(CONTENT, CONTENT | {"html": {"summary": "<h3>We coach.</h3>"}}, LABELS).is_empty


# Keeping a version


def test_a_version_under_a_name(joint_draft, lead_contributor):
    version = name_version(proposal=joint_draft, label=" before the cut ", by=lead_contributor)
    assert (version.kind, version.label, version.number) == ("named", "before the cut", 1)
    assert Entry.objects.get(verb="name version").sentence == "kept version 1 of P-01: before the cut"


def test_others_and_when_it_is_closed(joint_draft, submitted, asked_head, lead_head):
    with pytest.raises(Refused, match="Only people of the sponsoring units"):
        name_version(proposal=submitted, label="x", by=asked_head)
    with pytest.raises(Refused, match="cannot be changed"):
        name_version(proposal=submitted, label="x", by=lead_head)


def test_a_version_says_why_and_differs(joint_draft, lead_head):
    with pytest.raises(Refused, match="why you keep"):
        name_version(proposal=joint_draft, label=" ", by=lead_head)
    name_version(proposal=joint_draft, label="x", by=lead_head)
    with pytest.raises(Refused, match="Version 1 of this name says the same"):
        name_version(proposal=joint_draft, label="x ", by=lead_head)
    assert name_version(proposal=joint_draft, label="y", by=lead_head).number == 2, "the name is kept"
