"""What a proposal says on paper, as plain values for proposal.typ."""

from collections.abc import Iterable

from activity.templatetags.activity_tags import day
from funds.arithmetic import format_dollars
from people.models import District
from proposals.arithmetic import cents_per_student, sizes_of
from proposals.models import Section
from proposals.templatetags.proposals_tags import iso_day

from ..whole import Whole, answer_words
from .blocks import blocks_of, blocks_of_text

# Words of a proposal at most → size of its type in points.
_SIZES, _SMALLEST = ((700, 10), (900, 9)), 8.5


def packet_of(wholes: Iterable[Whole], title: str) -> dict:
    """The values of one document that holds these proposals, in the order given."""
    district = District.objects.first()
    name = district.name if district else ""
    pages = [_page(whole, name) for whole in wholes]
    return {"title": title, "district": name, "foot": f"{name} · {title}", "proposals": pages}


def _page(whole: Whole, district: str) -> dict:
    shown, content, proposal = whole.context(), whole.content, whole.proposal
    texts = {kind: _set(content, kind) for kind in content["sections"]}
    return {
        "district": district,
        "season": f"Season {proposal.season.name}",
        "code": proposal.code,
        "state": proposal.get_status_display(),
        "title": content["title"],
        "size": _size_for(shown["words"]),
        "version": _version(whole),
        "joint": sum(s["accepted"] for s in content["sponsors"]) > 1,
        "sponsors": [_sponsor(sponsor) for sponsor in shown["sponsors"]],
        "summary": texts.pop("summary", []),
        "facts": _facts(content, shown["shaped_by"]),
        "sections": [[label, texts[kind]] for kind, label in Section.Kind.choices if texts.get(kind)],
        "asks": [_ask(ask) for ask in shown["asks"]],
        "relations": [_relation(link) for link in shown["relations"]],
        "decision": next((_decision(row) for row in shown["decisions"]), None),
        **_money(shown, content),
    }


def _set(content: dict, kind: str) -> list[dict]:
    html = content.get("html", {}).get(kind)
    return blocks_of(html) if html else blocks_of_text(content["sections"][kind])


def _size_for(words: int) -> float:
    """Points of the type in which so many words stand on two pages, as far as it can still be read."""
    return next((size for most, size in _SIZES if words <= most), _SMALLEST)


def _version(whole: Whole) -> str:
    if whole.version is None:
        return "As it stands now."
    return f"{whole.version}, frozen on {day(whole.version.frozen_at)}."


def _sponsor(sponsor: dict) -> dict:
    signature = sponsor["signature"]
    if not sponsor["accepted"]:
        signed = "Invited"
    elif signature is None:
        signed = "Not signed yet"
    else:
        signed = f"{signature.name}, {day(signature.at)}" if signature.counts else "Asked to sign again"
    return {key: sponsor[key] for key in ("name", "lead", "contribution")} | {"signed": signed}


def _ask(ask: dict) -> dict:
    _, words = answer_words(ask)
    condition = getattr(ask["answer"], "condition", None)
    answer = f"{words}: {condition.text}" if condition else words
    return {"code": ask["code"], "what": ask["what"], "unit": ask["name"], "answer": answer}


def _decision(decision) -> dict:
    pending = "" if decision.published_at else " (pending: only deciders see it)"
    return {"outcome": decision.get_outcome_display() + pending, "reason": decision.reason}


def _facts(content: dict, shaped_by: list[str]) -> list[list]:
    names = content["names"]
    facts = [
        ["Goals", [f"{code} {name}" for code, name in names["goal"].items()]],
        ["Root causes", [f"{code} {name}" for code, name in names["cause"].items()]],
        ["Schools", [content["reach"] or ", ".join(names["school"].values())]],
        ["Grades", [content["grades"]]],
        ["Students served", [f"{content['students_served']:,}" if content["students_served"] else ""]],
        ["First year for each student", [format_dollars(cents_per_student(content))]],
        ["Evidence", [f"ESSA tier {content['evidence_tier']}" if content["evidence_tier"] else ""]],
        ["Judged after", [_years(content.get("cycle_years"))]],
        ["Uses the meeting", [_meeting(content)]],
        ["Principles served", _numbered(names.get("served", {}))],
        ["Principles strained", _numbered(names.get("strained", {}))],
        ["Shaped by", shaped_by],
        ["Contact", [content["contact"]]],
        ["Research partner", [content["research_partner"]]],
        ["Attachments", [file["name"] for file in content.get("attachments", ())]],
    ]
    return [[label, lines] for label, lines in facts if any(line not in ("", "–") for line in lines)]


def _years(count: int | None) -> str:
    return f"{count} year{'' if count == 1 else 's'}" if count else ""


def _meeting(content: dict) -> str:
    """Of an older version, nothing is known of it."""
    named, minutes = content.get("meeting", ""), content.get("meeting_minutes")
    spent = f"{minutes} minute{'' if minutes == 1 else 's'} a month" if minutes else ""
    return ", ".join(filter(None, (named or (spent and "Not named yet"), spent)))


def _numbered(principles: dict) -> list[str]:
    return [f"{number}. {text}" for number, text in principles.items()]


def _relation(link) -> list[str]:
    """“P-02 Bus supports”, “supports”, “P-01 Teams”, and why."""
    sides = (f"{link.source.code} {link.source_title}", f"{link.target.code} {link.target_title}")
    settled = ", settled" if link.settled_on else ""
    return [sides[0], link.get_kind_display() + settled, sides[1], link.note]


def _money(shown: dict, content: dict) -> dict:
    total, years = shown["total"], shown["years"]
    costed = len(years)
    money = f"{format_dollars(total.cents[0])} in {years[0]}"
    if costed > 1:
        money += f", {format_dollars(total.total)} over {costed} years"
    fte = str(shown["fte"] or "")
    sums = [*(("From", s) for s in shown["by_fund"]), *(("Spent by", s) for s in shown["by_unit"])]
    lines, sizes = content["cost_lines"], sizes_of(content)
    # Cents behind every amount of a table, or behind none.
    cents = any(n % 100 for line in lines for n in line["cents"])
    in_sizes = any(n % 100 for size in sizes for n in size.cents)
    return {
        "years": list(years),
        "money": f"{money}, {fte} FTE" if fte else money,
        "lines": [_line(line, costed, cents) for line in lines],
        "total": ["Total", "", "", fte, *_dollars(total.cents[:costed], cents)],
        "sums": [[f"{how} {s.name}", *_dollars([*s.cents[:costed], s.total], cents)] for how, s in sums],
        "together": ["Total", *_dollars([*total.cents[:costed], total.total], cents)],
        "sizes": [[s.label, *_dollars(s.cents[:costed], in_sizes), s.effect, s.changes] for s in sizes],
        "milestones": [
            [row["what"], iso_day(row["due_on"]), row["unit"]] for row in content.get("milestones", [])
        ],
        "hours": [[f"{month:%b %Y}", f"{hours:,}", str(schools)] for month, hours, schools in shown["hours"]],
    }


def _line(line: dict, costed: int, cents: bool) -> list[str]:
    also = [f"{line['function']}-{line['object']}", "" if line["recurring"] else "one-time", line["note"]]
    words = f"{line['description']} ({', '.join(part for part in also if part)})"
    amounts = _dollars(line["cents"][:costed], cents)
    return [words, line["unit"], line["fund"], str(line["fte"] or ""), *amounts]


def _dollars(amounts: Iterable[int], cents: bool) -> list[str]:
    return [format_dollars(n, cents_shown=cents) for n in amounts]
