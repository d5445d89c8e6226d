"""What the bare page shows beside each list: the same rows, told of the same things, in plain Django.

A model for each row, what it points at by `select_related` and `prefetch_related`, sums and counts by
`annotate`, all in a plain table. No rights, navigation, filters, links, signs, pages and sums over all rows:
what they take counts as the page's own time.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Avg, Count, Prefetch, QuerySet, Sum

from activity.models import Mail
from goals.models import Goal, Season
from investments.models import Investment
from people.models import Post, Unit, User
from proposals.models import Ask, AskTerms, Intent, Proposal, Sponsorship
from slates.models import Decision, Slate

ON_A_PAGE, IN_THE_OVERVIEW = 50, 250


class Yardstick(NamedTuple):
    """The rows, made anew for each request as a view makes them, and the cells of each."""

    rows: Callable[[], QuerySet]
    cells: list[str]


def each(many: str, *values: str) -> str:
    """A cell that tells of every one of `many` rows that belong to the row."""
    told = " ".join(f"{{{{ one.{value} }}}}" for value in values)
    return f"{{% for one in row.{many} %}}{told}, {{% endfor %}}"


def cells(*values: str) -> list[str]:
    return [value if value.startswith("{%") else f"{{{{ row.{value} }}}}" for value in values]


def yardsticks(season: Season, reader: User) -> dict[str, Yardstick]:
    """By the name of the list, as `reader` sees it."""
    standing = Sponsorship.objects.filter(left_at=None).select_related("unit")
    sponsors = Prefetch("sponsorships", standing)
    of_proposal = Prefetch("proposal__sponsorships", standing)
    decided = Prefetch("version__proposal__sponsorships", standing)
    terms = Prefetch(
        "terms", AskTerms.objects.order_by("-number").prefetch_related("endorsements__condition")
    )
    units = each("sponsorships.all", "unit.code", "unit.name")
    said = ("what", "effort", "effort_hours", "effort_per", "needed_by", "if_declined",
            "endorsements.all.0.answer")  # fmt: skip
    last = "".join(f"{{{{ last.{value} }}}} " for value in said)
    last = f"{{% with row.terms.all.0 as last %}}{last}{{% endwith %}}"
    posts = Post.objects.filter(role__in=("head", "deputy")).select_related("person")
    ours = {"asked_unit__in": reader.unit_ids, "proposal__season": season}
    return {
        "proposals": Yardstick(
            lambda: Proposal.objects.filter(season=season).annotate(cents=Sum("cost_lines__year1_cents"))
            .prefetch_related(sponsors, "goals")[:ON_A_PAGE],
            cells("code", "title", "get_status_display", "cents", units,
                  each("goals.all", "code", "title")),
        ),
        "intents": Yardstick(
            lambda: Intent.objects.filter(season=season).select_related("unit", "posted_by", "problem")
            .prefetch_related("goals", "wanted", "proposals", "offers__unit")[:ON_A_PAGE],
            cells("title", "unit.name", "posted_by.name", "posted_at", "problem.title", "idea", "looking_for",
                  each("goals.all", "code", "title"), each("wanted.all", "name"),
                  each("offers.all", "unit.name"), each("proposals.all", "code", "title")),
        ),
        "asks": Yardstick(
            lambda: Ask.objects.filter(**ours).order_by("code").select_related("asked_unit", "proposal")
            .prefetch_related(terms, of_proposal)[:ON_A_PAGE],
            cells("code", "asked_unit.name", "proposal.code", "proposal.title", last,
                  each("proposal.sponsorships.all", "unit.code", "unit.name")),
        ),
        "vetting": Yardstick(
            lambda: Proposal.objects.under_review().filter(season=season)
            .annotate(reviewers=Count("assignments")).prefetch_related(sponsors)[:ON_A_PAGE],
            cells("pk", "code", "title", "get_status_display", "reviewers", units),
        ),
        "vetting_overview": Yardstick(
            lambda: Proposal.objects.filter(season=season).annotate(mean=Avg("versions__ratings__value"))
            .prefetch_related(sponsors)[:IN_THE_OVERVIEW],
            cells("code", "title", "get_status_display", "reach", "mean", units),
        ),
        "goals": Yardstick(
            lambda: Goal.objects.filter(season=season).select_related("problem", "owner")
            .prefetch_related("measures")[:ON_A_PAGE],
            cells("code", "title", "problem.title", "by_date", "owner.name",
                  each("measures.all", "name", "baseline", "target")),
        ),
        "slates": Yardstick(
            lambda: Slate.objects.filter(season=season).select_related("created_by").annotate(
                cents=Sum("items__lines__year1_cents"), fte=Sum("items__lines__fte")
            )[:ON_A_PAGE],
            cells("name", "note", "get_status_display", "cents", "fte", "created_at", "created_by.name"),
        ),
        "decisions": Yardstick(
            lambda: Decision.objects.filter(slate__season=season).select_related("version__proposal")
            .prefetch_related(decided)[:ON_A_PAGE],
            cells("version.proposal.code", "version.proposal.title", "get_outcome_display",
                  "published_at", "reason", "override_reason", "served", "strained", "review_year",
                  each("version.proposal.sponsorships.all", "unit.code", "unit.name")),
        ),
        "investments": Yardstick(
            lambda: Investment.objects.filter(season=season).order_by("goal__code")
            .select_related("goal", "owner", "owner_person")
            .annotate(duties=Count("commitments"))[:ON_A_PAGE],
            cells("code", "title", "get_state_display", "goal.code", "goal.title", "owner.code",
                  "owner_person.name", "cost_cents", "cost_year", "duties"),
        ),
        "people": Yardstick(
            lambda: Unit.objects.order_by("name").select_related("cabinet_member")
            .prefetch_related(Prefetch("posts", posts))[:ON_A_PAGE],
            cells("name", "code", "cabinet_member.name",
                  each("posts.all", "role", "person.name", "person.email")),
        ),
        "mails": Yardstick(
            lambda: Mail.objects.filter(person_key=str(reader.pk))[:ON_A_PAGE],
            cells("subject", "person_name", "written_at", "sent_at", "dropped_at"),
        ),
    }  # fmt: skip
