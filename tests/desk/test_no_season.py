"""Before the first season every place that needs one says so."""

import pytest

from goals.models import Season


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/slates/", "/slates/new/", "/slates/compare/", "/decisions/", "/investments/", "/investments/lessons/"],
)
def test_a_place_without_a_season_says_so(signed_in, people, path):
    Season.objects.all().delete()
    answer = signed_in(people.cfo).get(path, follow=True)
    assert answer.status_code == 200
    assert "season" in answer.content.decode().lower()
