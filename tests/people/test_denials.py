"""Whoever tries what is not theirs is refused, and that stands in history."""

import pytest
from django.http import HttpResponseRedirect
from django.test import RequestFactory

from activity.models import Entry
from activity.once import run_once

pytestmark = pytest.mark.django_db


def test_a_denied_act_leaves_an_entry_though_nothing_else_is_written(signed_in, stranger, season):
    answer = signed_in(stranger).post("/setup/people/new/", {"once": "k"})
    assert answer.status_code == 403
    entry = Entry.objects.get(verb="deny")
    assert (entry.person_name, entry.is_private) == (stranger.name, True)
    assert entry.details["path"] == "/setup/people/new/"


def test_a_verb_that_denies_leaves_its_sentence(signed_in, joint_draft, lead_contributor, at_stage):
    at_stage("drafting")
    signed_in(lead_contributor).post(f"/proposals/{joint_draft.pk}/submit/", {"once": "k"})
    assert Entry.objects.filter(verb="deny", person_name=lead_contributor.name).count() == 1


def test_the_key_of_one_form_is_nothing_to_another_person_or_form(signed_in, lead_head, partner_head, season):
    done = []

    def act(request):
        done.append((request.user, request.path))
        return HttpResponseRedirect(f"/done/{len(done)}/")

    posts = [(lead_head, "/a/"), (partner_head, "/a/"), (lead_head, "/b/")]
    answers = []
    for person, path in [*posts, posts[0]]:
        request = RequestFactory().post(path, {"once": "same"})
        request.user = person
        answers.append(run_once(act, request).url)
    assert done == posts
    assert answers == ["/done/1/", "/done/2/", "/done/3/", "/done/1/"]
