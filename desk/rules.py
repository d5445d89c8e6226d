"""Who may read which mail. In the demo everybody reads all of them."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404

from activity.models import Mail
from people.models import User


def mails_for(user: User) -> QuerySet[Mail]:
    """Mails to this person; in the demo to anybody, since nobody receives them."""
    return Mail.objects.all() if settings.DEMO else Mail.objects.filter(person_key=str(user.pk))


def mail_for(user: User, pk: int) -> Mail:
    mail = mails_for(user).filter(pk=pk).first()
    if mail is None:
        raise Http404
    return mail
