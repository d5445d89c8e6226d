"""A part sees what it is given, and nothing else of the page."""

import pytest
from django.template import Context, TemplateSyntaxError, engines

pytestmark = pytest.mark.once


def shown(text: str, **page) -> str:
    return engines["django"].engine.from_string(text).render(Context(page))


def test_what_stands_between_its_tags_is_its_content():
    html = shown(
        '{% part "notice" kind=kind look="mt-3" %} {{ said }} {% endpart %}', kind="error", said="<b>"
    )
    assert '<div class="notice notice-error mt-3">' in html
    assert html.strip().endswith("</svg>&lt;b&gt;</div>")


def test_names_of_the_page_do_not_reach_a_part():
    page = {"lede": "The page's own", "acts": "Theirs", "content": "A draft"}
    html = shown('{% part "page_head" %}{% fill title %}{{ content }}{% endfill %}{% endpart %}', **page)
    assert "<h1>A draft</h1>" in html
    assert "The page's own" not in html and "page-acts" not in html and "lede" not in html


def test_what_is_filled_with_nothing_is_not_there():
    text = (
        '{% part "page_head" %}{% fill acts %}\n {% if may %}<a>Do</a>{% endif %}\n{% endfill %}{% endpart %}'
    )
    assert "page-acts" not in shown(text, may=False)
    assert '<div class="page-acts"><a>Do</a></div>' in shown(text, may=True)


def test_a_kicker_with_links_is_a_landmark():
    text = '{% part "page_head" %}{% fill kicker %}{{ place }}{% endfill %}{% endpart %}'
    assert '<p class="kicker">Season' in shown(text, place="Season FY27")
    linked = text.replace("{{ place }}", '<a href="/">Home</a>')
    assert '<nav class="kicker" aria-label="Where this page stands"><a' in shown(linked)


def test_a_part_in_a_loop_of_another_part():
    cards = '{% for n in rows %}{% part "card" %}{{ n }}{% endpart %}{% endfor %}'
    assert shown('{% part "rail" label="L" %}' + cards + "{% endpart %}", rows=[1, 2]).count("</li>") == 2


def test_a_fill_stands_in_its_part_alone():
    with pytest.raises(TemplateSyntaxError):
        shown("{% fill title %}x{% endfill %}")
    with pytest.raises(TemplateSyntaxError):
        shown('{% part "page_head" %}{% if 1 %}{% fill title %}x{% endfill %}{% endif %}{% endpart %}')
