"""Amounts on the screen: in one table all carry cents, or none does."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

CELLS = "<table>{% for n in amounts %}<td>{{ n|dollars }}</td>{% endfor %}</table>"
TABLE = "{% same_cents %}" + CELLS + "{% endsame_cents %}"


def shown(amounts, source=TABLE) -> list[str]:
    html = Template(source).render(Context({"amounts": amounts}))
    return html.replace("<table>", "").replace("</table>", "").replace("</td>", "").split("<td>")[1:]


@pytest.mark.parametrize(
    ("amounts", "texts"),
    [
        ([100_00, 5_000_00], ["$100", "$5,000"]),
        ([100_00, 5_000_50], ["$100.00", "$5,000.50"]),
        ([5_000_50, 100_00, 0], ["$5,000.50", "$100.00", "$0.00"]),
        ([None, 5, -200_00], ["–", "$0.05", "−$200.00"]),
        ([None, 0], ["–", "$0"]),
    ],
)
def test_all_amounts_of_a_table_or_none_carry_cents(amounts, texts):
    assert shown(amounts) == texts


def test_one_table_tells_nothing_to_the_next():
    both = TABLE + TABLE.replace("amounts", "others")
    html = Template(both).render(Context({"amounts": [150], "others": [100]}))
    assert "$1.50" in html and "<td>$1</td>" in html


def test_outside_of_a_table_an_amount_stands_for_itself():
    alone = "{% for n in amounts %}<td>{{ n|dollars }}{% endfor %}"
    assert shown([100, 150], alone) == ["$1", "$1.50"]


def test_a_fault_in_a_table_ends_it():
    with pytest.raises(ZeroDivisionError):
        Template("{% same_cents %}{{ broken }}{% endsame_cents %}").render(Context({"broken": lambda: 1 / 0}))
    assert shown([100], "{% for n in amounts %}<td>{{ n|dollars }}{% endfor %}") == ["$1"]


def test_a_table_must_end():
    with pytest.raises(TemplateSyntaxError):
        Template("{% same_cents %}<table>")
