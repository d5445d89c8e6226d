"""One-time addresses: kept as a digest, used once, replaced by the next one."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from activity.models import Entry, Mail
from activity.refused import Refused
from people import actions
from people.models import District, Invitation, Post, Unit, User

TYPED = {"name": "Ada Admin", "email": "Ada@Oak.example", "password": "purple otter lamp"}
DISTRICT = {"name": "Oak Valley Schools", "short_name": "Oak Valley", "time_zone": "America/Denver"}
FORM = TYPED | {f"district_{name}": value for name, value in DISTRICT.items()}


def token_of(url: str) -> str:
    return url.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def address(db) -> str:
    return actions.invite_first_administrator()


def test_the_address_is_kept_as_a_digest_only(address):
    invitation = Invitation.objects.get()
    assert token_of(address) not in (invitation.token_digest, str(Entry.objects.values()))
    assert address.startswith("http")


def test_there_is_no_address_once_there_is_a_user(people):
    assert actions.invite_first_administrator() is None


def test_a_newer_address_ends_the_older_one(address):
    actions.invite_first_administrator()
    with pytest.raises(Refused, match="expired"):
        actions.accept_invitation(token=token_of(address), district=DISTRICT, **TYPED)


def test_the_first_administrator_opens_the_district(address):
    person = actions.accept_invitation(token=token_of(address), district=DISTRICT, **TYPED)
    assert (District.objects.get().name, Unit.objects.get().name) == ("Oak Valley Schools",) * 2
    assert person.email == "ada@oak.example" and person.check_password(TYPED["password"])
    assert [post.role for post in person.posts_now] == [Post.Role.ADMINISTRATOR]
    assert Entry.objects.about(person).filter(verb="accept invitation").exists()
    assert [e.is_integrity for e in Entry.objects.filter(verb="give post")] == [True]


def test_an_address_works_once(address):
    actions.accept_invitation(token=token_of(address), district=DISTRICT, **TYPED)
    with pytest.raises(Refused, match="used already"):
        actions.accept_invitation(
            token=token_of(address), district=DISTRICT, **TYPED | {"email": "b@c.example"}
        )
    assert User.objects.count() == 1


def test_an_expired_or_invented_address_does_nothing(address):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for token in (token_of(address), "invented"):
        assert actions.invitation_of(token) is None
        with pytest.raises(Refused):
            actions.accept_invitation(token=token, district=DISTRICT, **TYPED)


def test_the_district_must_be_named(address):
    with pytest.raises(Refused, match="name the district"):
        actions.accept_invitation(token=token_of(address), **TYPED)
    assert not User.objects.exists()


def test_opening_the_page_changes_nothing(address, client, django_assert_max_num_queries):
    for _ in range(2):
        assert client.get(reverse("welcome", args=[token_of(address)])).status_code == 200
    assert not User.objects.exists() and Invitation.objects.get().used_at is None


def test_sending_the_page_signs_in_and_leads_to_the_checklist(address, client):
    page = reverse("welcome", args=[token_of(address)])
    response = client.post(page, FORM)
    assert response.status_code == 302 and response.url == reverse("setup")
    assert client.get(reverse("setup")).status_code == 200
    assert client.get(page).status_code == 404


def test_a_weak_password_is_refused_and_the_rest_is_kept(address, client):
    response = client.post(reverse("welcome", args=[token_of(address)]), FORM | {"password": "12345678"})
    assert response.status_code == 200 and not User.objects.exists()
    assert b"Oak Valley Schools" in response.content and b"too common" in response.content


def test_an_invited_person_gets_a_mail_and_no_rights(people, client):
    keys, head = people.administrator, people.lead_head
    url = actions.invite_person(person=head, by=keys)
    mail = Mail.objects.get(kind=Mail.Kind.INVITATION)
    assert url in mail.text and mail.address == head.email
    data = {"name": head.name, "email": head.email, "password": "purple otter lamp"}
    response = client.post(reverse("welcome", args=[token_of(url)]), data)
    assert response.url == reverse("home")
    head.refresh_from_db()
    head.forget_posts()
    assert head.check_password("purple otter lamp") and head.roles == {Post.Role.HEAD}


def test_inviting_again_replaces_the_address(people):
    first = actions.invite_person(person=people.lead_head, by=people.administrator)
    actions.invite_person(person=people.lead_head, by=people.administrator)
    assert actions.invitation_of(token_of(first)) is None
    assert Invitation.objects.open().count() == 1


def test_who_may_invite_and_who_may_be_invited(people):
    with pytest.raises(Refused, match="Only an administrator"):
        actions.invite_person(person=people.lead_head, by=people.steward)
    User.objects.filter(pk=people.lead_head.pk).update(is_active=False)
    with pytest.raises(Refused, match="deactivated"):
        actions.invite_person(person=people.lead_head, by=people.administrator)


def test_an_invitation_does_not_take_anothers_email(people):
    url = actions.invite_person(person=people.lead_head, by=people.administrator)
    with pytest.raises(Refused, match="already uses"):
        actions.accept_invitation(token=token_of(url), **TYPED | {"email": people.cfo.email})


def test_the_command_prints_an_address_until_there_is_an_administrator(db, capsys):
    call_command("first_administrator", email="ada@oak.example", name="Ada Admin")
    url = capsys.readouterr().out.split()[-1]
    assert actions.invitation_of(token_of(url)).name == "Ada Admin"
    actions.accept_invitation(token=token_of(url), district=DISTRICT, **TYPED)
    with pytest.raises(CommandError, match="administrator already"):
        call_command("first_administrator")


def test_the_command_makes_an_imported_person_administrator(people, client):
    url = actions.invite_administrator(email=people.cfo.email)
    data = {"name": people.cfo.name, "email": people.cfo.email, "password": "purple otter lamp"}
    assert client.post(reverse("welcome", args=[token_of(url)]), data).url == reverse("setup")
    people.cfo.forget_posts()
    assert (
        Post.Role.ADMINISTRATOR in people.cfo.roles and User.objects.filter(name=people.cfo.name).count() == 1
    )
