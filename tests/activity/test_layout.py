"""Long lists of units stand under headings; our own sentences replace the usual ones."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from activity.layout import FormSection, LaidOut, digits_of
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


PASTED = {
    "60": "60", " 60 ": "60", "1,200": "1200", "1 200": "1200", "12\u00a0000": "12000", "60 hours": "60",
    "4 hrs.": "4", "1,20": "1,20", "60.5": "60.5", "1,2,3": "1,2,3", "-3": "-3", "1e5": "1e5", "": "",
    "sixty": "sixty", "٦٠": "٦٠",
}  # fmt: skip


@pytest.mark.parametrize("text", PASTED)
def test_whole_numbers_as_finance_people_paste_them(text):
    assert digits_of(text) == PASTED[text]


class _Hours(LaidOut, forms.Form):
    hours = forms.IntegerField(max_value=5_000)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1,200", []),
        ("60.5", ["Write a whole number, such as 60 or 1,200."]),
        ("9,000", ["Write 5,000 or less."]),
    ],
)
def test_a_number_keeps_its_bounds_and_what_was_typed(typed, said):
    form = _Hours({"hours": typed})
    assert form.errors.get("hours", []) == said
    assert f'value="{typed}"' in str(form["hours"]) and 'type="number"' not in str(form["hours"])


class _Long(LaidOut, forms.Form):
    rows = ("name", FormSection("For {{ all }}", ("one", "two")))
    name, one, two = forms.CharField(), forms.CharField(), forms.CharField()


def test_a_section_holds_its_rows_and_its_heading_is_text():
    html = render_crispy_form(_Long())
    before, inside = html.split('<fieldset class="form-section"><legend>For {{ all }}</legend>')
    assert 'name="name"' in before and 'name="one"' in inside and 'name="two"' in inside


def test_a_field_that_a_form_leaves_out_leaves_no_gap():
    form = _Long()
    form.rows = (("name", "gone"), ("gone",), *form.rows[1:])
    del form.fields["two"]
    html = render_crispy_form(form)
    assert 'name="name"' in html and 'name="one"' in html and html.count("row") == 2
