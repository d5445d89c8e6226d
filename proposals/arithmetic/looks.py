"""What the html of a section shows beside its words: how they are laid out, and where links lead."""

import re
from collections import Counter
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

from . import Content

# As `document.reading` writes it: a link is one tag around each run of words.
_LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Letters of a link's words that are enough to find it.
_ENOUGH = 60


class Link(NamedTuple):
    words: str
    address: str


def links_in(html: str) -> list[Link]:
    """The links in their order; one whose words are of several looks is one."""
    found: list[Link] = []
    end = -1
    for match in _LINK.finditer(html):
        address, words = (unescape(part) for part in (match[1], _TAG.sub("", match[2])))
        if match.start() == end and found[-1].address == address:
            words = found.pop().words + words
        found.append(Link(words, address))
        end = match.end()
    return found


def links_between(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """The words of each link that leads elsewhere, came or went, and its addresses before and now."""
    before, after = links_in(old), links_in(new)
    came: dict[str, list[str]] = {}
    for words, address in _without(after, before):
        came.setdefault(words, []).append(address)
    for words, address in _without(before, after):
        addresses = came.get(words)
        yield _shortened(words), address, addresses.pop(0) if addresses else ""
    for words, addresses in came.items():
        yield from ((_shortened(words), "", address) for address in addresses)


def _without(links: list[Link], others: list[Link]) -> list[Link]:
    left, rest = Counter(others), []
    for link in links:
        left[link] -= 1
        if left[link] < 0:
            rest.append(link)
    return rest


def _shortened(words: str) -> str:
    return words if len(words) <= _ENOUGH else f"{words[:_ENOUGH].rstrip()}…"


def same_layout(old: str, new: str) -> bool:
    """Are the words laid out alike, wherever links lead?"""
    return _without_links(old) == _without_links(new)


def _without_links(html: str) -> str:
    return unescape(re.sub(r"</?a\b[^>]*>", "", html))


def laid_out(content: Content, kind: str) -> str:
    """The html of a section; of one that has only plain text, its paragraphs."""
    html: str = content.get("html", {}).get(kind, "")
    chunks = content["sections"].get(kind, "").split("\n\n")
    paragraphs = (escape(said, quote=False).replace("\n", "<br>") for said in chunks)
    return html or "".join(f"<p>{said}</p>" for said in paragraphs)
