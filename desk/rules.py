"""Who may read which mail. In the demo everybody reads all of them."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from activity import post
from activity.models import Mail
from people.models import User
from people.rules import is_administrator


def mails_for(user: User) -> QuerySet[Mail]:
    """Mails to this person; in the demo to anybody, since nobody receives them."""
    return Mail.objects.all() if settings.DEMO else Mail.objects.filter(person_key=str(user.pk))


def mails_given_up_for(user: User) -> QuerySet[Mail]:
    """Mails that could not be sent, for whoever can put the address right; without their words."""
    rows = post.given_up() if is_administrator(user) else Mail.objects.none()
    return rows.only("person_name", "address", "last_error", "written_at").order_by("-written_at")[:50]


def mail_for(user: User, pk: int) -> Mail:
    mail = mails_for(user).filter(pk=pk).first()
    if mail is None:
        raise Http404
    return mail
