"""The amount field: what is typed, and what it gives."""

import pytest
from django.core.exceptions import ValidationError

from funds.fields import DollarsInput

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("typed", "cents"), [("1,234", 123_400), ("$1,234.50", 123_450), ("", None)])
def test_clean_gives_cents(typed, cents):
    assert DollarsInput(required=False).clean(typed) == cents


@pytest.mark.parametrize("typed", ["-5", "many", "1.234", "1" * 50])
def test_clean_refuses_with_a_sentence(typed):
    with pytest.raises(ValidationError):
        DollarsInput().clean(typed)


def test_cents_are_shown_as_dollars():
    assert DollarsInput().prepare_value(123_450) == "1,234.50"
