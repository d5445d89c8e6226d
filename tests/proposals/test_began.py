"""A form that is shown again after others saved: mine is kept, theirs is shown, the rest is taken over."""

from django import forms
from django.http import QueryDict

from proposals.forms.began import Began


class Form(Began, forms.Form):
    title = forms.CharField(required=False)
    number = forms.IntegerField(required=False)
    note = forms.CharField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remember()


def _again(began: str, stands: dict, **typed):
    form = Form(QueryDict("&".join(f"{k}={v}" for k, v in {**typed, "began": began}.items())))
    form.is_valid()
    form.catch_up(stands)
    return form


FIRST = {"title": "A", "number": 1, "note": ""}
BEGAN = Form(initial=FIRST)["began"].value()


def test_what_only_others_changed_is_taken_over():
    form = _again(BEGAN, FIRST | {"note": "Theirs", "number": 2}, title="Mine", number="1")
    assert (form["title"].value(), form["number"].value(), form["note"].value()) == ("Mine", "2", "Theirs")
    assert form.theirs == ()


def test_what_both_changed_keeps_mine_and_shows_theirs():
    form = _again(BEGAN, FIRST | {"title": "Theirs"}, title="Mine", number="1")
    assert form["title"].value() == "Mine"
    assert form.theirs == (("title", "Title", "Theirs", "Mine"),)


def test_where_theirs_is_chosen_the_field_stands_as_it_is():
    stands = FIRST | {"title": "Theirs", "number": 2}
    typed = QueryDict(f"title=Mine&number=7&note=x&choice-title=theirs&choice-number=mine&began={BEGAN}")
    form = Form(typed, initial=stands)
    assert form.is_valid()
    assert form.values == {"title": "Theirs", "number": 7, "note": "x"}
    form = Form(typed)  # what stands is not at hand: the save leaves the field alone
    assert form.is_valid()
    assert form.values == {"number": 7, "note": "x"}
    form.catch_up(stands | {"note": "y"})  # something else clashed
    assert (form["title"].value(), form["number"].value()) == ("Theirs", "7")
    assert [both.name for both in form.theirs] == ["number", "note"]


def test_what_both_changed_alike_is_no_clash():
    assert _again(BEGAN, FIRST | {"title": "Same"}, title="Same", number="1").theirs == ()


def test_what_could_not_be_read_is_kept():
    form = _again(BEGAN, FIRST | {"number": 3}, title="A", number="many")
    assert form["number"].value() == "many"
    assert form.theirs == (("number", "Number", "3", "many"),)


def test_without_marks_nothing_is_touched():
    form = _again("", FIRST | {"title": "Theirs"}, title="Mine")
    assert (form["title"].value(), form.theirs) == ("Mine", ())
