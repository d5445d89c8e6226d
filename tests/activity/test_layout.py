"""Long lists of units stand under headings; our own sentences replace the usual ones."""

from django import forms

from activity.layout import LaidOut
from people.models import Unit


class _Form(LaidOut, forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.all(), empty_label="Choose one")
    several = forms.ModelMultipleChoiceField(Unit.objects.all(), widget=forms.CheckboxSelectMultiple)


def test_units_stand_by_group_and_name(units):
    choices = list(_Form().fields["unit"].choices)
    assert choices[0] == ("", "Choose one")
    headings = [heading for heading, _ in choices[1:]]
    assert headings[0] == "Departments and divisions" and headings[-1].endswith("schools")
    names = [str(label) for _, label in choices[1][1]]
    assert names == sorted(names, key=str.lower)


def test_the_usual_sentences_are_ours(units):
    form = _Form({"unit": "999999"})
    assert form.errors["unit"] == ["Choose one from the list; it may have changed while you were writing."]
    assert form.errors["several"] == ["Please fill this in."]
