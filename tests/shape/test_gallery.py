"""The gallery shows every part, and a page fills in only what its part has."""

import re

import pytest
from django.urls import reverse

from desk import shell

from .house import ROOT, name_of, template_files

PARTS = ROOT / "templates" / "parts"
PART = re.compile(r'\{%-? part "([^"]+)"([^%]*)%\}(.*?)\{% endpart %\}', re.S)
FILL = re.compile(r"\{% fill (\w+) %\}")
ACTS = re.compile(r"\{% fill acts %\}(.*?)\{% endfill %\}", re.S)
CLASS = re.compile(r'class="([\w-]+)')
# The first class of an element that only its part writes.
OWN = {
    "announcement": "toast", "confirm": "confirm", "empty": "empty",
    "form-section": "form_section", "matrix": "matrix", "notice": "notice", "page-head": "page_head",
    "rail": "rail", "reasons": "reasons", "skeleton": "skeleton", "stages": "stages", "table": "table",
    "table-scroll": "table", "tabs": "tabs",
}  # fmt: skip
VALUE = re.compile(r"(\w+)=")


def unknown(text: str, part_text) -> list[str]:
    """Names that a page gives to a part and the part does not have."""
    return [
        f"{name} of {part}"
        for part, values, inside in PART.findall(text)
        for name in VALUE.findall(re.sub(r'"[^"]*"', "", values)) + FILL.findall(inside)
        if not re.search(rf"\b{name}\b", part_text(part))
    ]


@pytest.mark.django_db
def test_the_gallery_shows_every_part(settings, season, signed_in, administrator):
    """Each is rendered in it: by the page or, as the menu and the demo bar, around it."""
    settings.DEMO = True
    shell._navigation.cache_clear()
    shell._looks.cache_clear()
    shell._held_ready.cache_clear()
    rendered = {template.name for template in signed_in(administrator).get(reverse("gallery")).templates}
    parts = {path.relative_to(ROOT / "templates").as_posix() for path in PARTS.glob("*.html")}
    assert parts and parts - rendered == set()


@pytest.mark.once
def test_pages_fill_in_what_parts_have():
    found = {
        name_of(path): lacking
        for path in template_files()
        if (
            lacking := unknown(
                path.read_text("utf-8"), lambda part: (PARTS / f"{part}.html").read_text("utf-8")
            )
        )
    }
    assert found == {}


def by_hand(text: str) -> list[str]:
    """Parts whose markup a page writes instead of using them."""
    return [OWN[name] for name in CLASS.findall(text) if name in OWN]


@pytest.mark.once
def test_what_is_a_part_is_written_nowhere_else():
    pages = [path for path in template_files() if path.parent != PARTS]
    found = {name_of(path): parts for path in pages if (parts := by_hand(path.read_text("utf-8")))}
    assert found == {}
    assert by_hand('<p class="notice notice-info">') == ["notice"]


def primary_acts(text: str) -> int:
    """The most main acts that a page offers in its head, over all of its branches."""
    return max((acts.count("btn-primary") for acts in ACTS.findall(text)), default=0)


@pytest.mark.once
def test_a_page_has_one_main_act():
    found = [name_of(path) for path in template_files() if primary_acts(path.read_text("utf-8")) > 1]
    assert found == []
    assert primary_acts('{% fill acts %}<a class="btn btn-primary"><a class="btn-primary">{% endfill %}') == 2


@pytest.mark.once
def test_the_rule_finds_a_name_that_the_part_lacks():
    text = (
        '{% part "card" tone="x" %}{% fill name %}P-01{% endfill %}{% fill lead %}x{% endfill %}{% endpart %}'
    )
    assert unknown(text, lambda part: "<li>{{ name }}</li>") == ["tone of card", "lead of card"]
