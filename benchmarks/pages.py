"""Which pages are measured, as whom, and against how many plain rows."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from people.models import Post, User
from proposals.models import Ask, Proposal

LIST, READ, OTHER, OVERVIEW = 8, 14, 20, 10


@dataclass(frozen=True)
class Page:
    """`rows` is what the bare page shows beside it; 0 means that no ratio is promised."""

    name: str
    path: str
    who: User
    most_queries: int
    rows: int = 0


def pages() -> list[Page]:
    """The main pages of the district in the database."""
    head, cfo = _with(Post.Role.HEAD), _with(Post.Role.CFO)
    steward = _with(Post.Role.STEWARD)
    vetted = Proposal.objects.sponsored_by(head).filter(status="vetted").order_by("-pk").first()
    ask = Ask.objects.filter(proposal__status="vetted", terms__endorsements__answer="endorsed").first()
    wanted = [
        ("home", [], head, OTHER, 0),
        ("proposals", [], head, LIST, 50),
        ("intents", [], head, LIST, 50),
        ("proposal", [vetted.pk], head, READ, 0),
        ("proposal_costs", [vetted.pk], head, READ, 0),
        ("asks", [], head, LIST, 50),
        ("ask", [ask.pk], head, READ, 0),
        ("vetting", [], steward, LIST, 50),
        ("vetting_overview", [], cfo, OVERVIEW, 250),
        ("goals", [], head, LIST, 50),
        ("season", [], head, OTHER, 0),
        ("funds", [], cfo, OTHER, 0),
        ("slates", [], cfo, LIST, 50),
        ("decisions", [], cfo, LIST, 50),
        ("investments", [], head, LIST, 50),
        ("people", [], head, LIST, 50),
        ("mails", [], head, LIST, 50),
    ]
    found = []
    for name, arguments, who, most, rows in wanted:
        try:
            found.append(Page(name, reverse(name, args=arguments), who, most, rows))
        except NoReverseMatch:
            continue
    return found


def _with(role: str) -> User:
    return User.objects.filter(posts__role=role, posts__unit__kind__in=_kinds(role)).order_by("pk").first()


def _kinds(role: str) -> list[str]:
    return ["department"] if role == Post.Role.HEAD else ["division", "department"]
