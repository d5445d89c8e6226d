"""Which pages are measured, as whom, and with how many queries at most."""

from dataclasses import dataclass

from django.urls import reverse

from goals.models import Season
from people.models import Post, User
from proposals.models import Ask, Proposal

from . import bare
from .lists import fill
from .yardsticks import yardsticks

LIST, READ, OTHER, OVERVIEW = 8, 14, 20, 10


@dataclass(frozen=True)
class Page:
    """A page without rows of its own is compared with the bare list of proposals; no ratio is promised."""

    name: str
    path: str
    who: User
    most_queries: int

    @property
    def promised(self) -> bool:
        return self.most_queries in (LIST, OVERVIEW)

    @property
    def bare(self) -> str:
        return f"/bare/{self.name if self.promised else 'proposals'}/"


def pages() -> list[Page]:
    """The main pages of the district in the database."""
    head, cfo = _with(Post.Role.HEAD), _with(Post.Role.CFO)
    steward = _with(Post.Role.STEWARD)
    vetted = Proposal.objects.sponsored_by(head).filter(status="vetted").order_by("-pk").first()
    ask = Ask.objects.filter(proposal__status="vetted", terms__endorsements__answer="endorsed").first()
    season = Season.objects.current()
    fill(season, head)
    bare.ROWS.update(yardsticks(season, head))
    wanted = [
        ("home", [], head, OTHER),
        ("proposals", [], head, LIST),
        ("intents", [], head, LIST),
        ("proposal", [vetted.pk], head, READ),
        ("proposal_costs", [vetted.pk], head, READ),
        ("asks", [], head, LIST),
        ("ask", [ask.pk], head, READ),
        ("vetting", [], steward, LIST),
        ("vetting_overview", [], cfo, OVERVIEW),
        ("goals", [], head, LIST),
        ("season", [], head, OTHER),
        ("funds", [], cfo, OTHER),
        ("slates", [], cfo, LIST),
        ("decisions", [], cfo, LIST),
        ("investments", [], head, LIST),
        ("people", [], head, LIST),
        ("mails", [], head, LIST),
    ]
    return [Page(name, reverse(name, args=keys), who, most) for name, keys, who, most in wanted]


def _with(role: str) -> User:
    return User.objects.filter(posts__role=role, posts__unit__kind__in=_kinds(role)).order_by("pk").first()


def _kinds(role: str) -> list[str]:
    return ["department"] if role == Post.Role.HEAD else ["division", "department"]
