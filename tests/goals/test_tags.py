"""How goals and rules are shown."""

import pytest

from goals.templatetags.goals_tags import points


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. We read. 2. We rate by 12. December.", []),
        (
            "1. We read before we judge. 2. A no has a reason.",
            ["We read before we judge.", "A no has a reason."],
        ),
        ("1. One\n2. Two", ["One", "Two"]),
        ("We read before we judge.", []),
        ("", []),
    ],
)
def test_points_of_a_text_that_counts_them(text, shown):
    assert points(text) == shown
