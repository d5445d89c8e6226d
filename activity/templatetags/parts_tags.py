"""Parts of pages that hold what a page gives them: `{% part "notice" kind="info" %}…{% endpart %}`.

A part is a template in templates/parts. It sees the values that stand in its tag, what is filled in by
`{% fill name %}…{% endfill %}`, and all else between its tags as `content`; nothing else of the page, so
that no name of a page reaches it by chance. What is empty is not there: `{% if acts %}` asks for it. A part
that only takes values is included as any template. The gallery shows them all.
"""

from django import template
from django.template.base import token_kwargs
from django.utils.safestring import mark_safe

register = template.Library()

ENDS = ("fill", "endpart")


class Part(template.Node):
    child_nodelists = ("inside",)  # so that a block of the page may stand inside

    def __init__(self, name: str, values: dict, fills: dict[str, template.NodeList]) -> None:
        self.name, self.values, self.fills = f"parts/{name}.html", values, fills
        self.inside = template.NodeList(node for nodes in fills.values() for node in nodes)

    def render(self, context) -> str:
        given = {name: value.resolve(context) for name, value in self.values.items()}
        for name, nodes in self.fills.items():
            given[name] = mark_safe(nodes.render(context).strip())  # noqa: S308  (rendered by the nodes)
        found = context.render_context.get(self)
        if found is None:
            found = context.render_context[self] = context.template.engine.get_template(self.name)
        return found.render(template.Context(given))


@register.tag
def part(parser, token) -> Part:
    """A template of templates/parts around what stands here."""
    _, name, *words = token.split_contents()
    fills = {"content": template.NodeList()}
    while True:
        fills["content"].extend(parser.parse(ENDS))
        end = parser.next_token().split_contents()
        if end[0] == "endpart":
            return Part(name.strip('"'), token_kwargs(words, parser), fills)
        fills[end[1]] = parser.parse(("endfill",))
        parser.delete_first_token()
