"""What the bare page shows beside each list: the page's own rows and as many cells, by one plain query.

The columns are those of the row and of what it points at. Where the page shows a sum or a count, the
bare page shows a plain column in its place, so that what a page works out counts as its own time.
"""

from collections.abc import Callable

from django.db.models import QuerySet

from activity.models import Mail
from goals.models import Goal, Season
from investments.models import Investment
from people.models import Unit, User
from proposals.models import Ask, Intent, Proposal
from slates.models import Decision, Slate

ON_A_PAGE, IN_THE_OVERVIEW = 50, 250
LEAD = {"sponsorships__is_lead": True, "sponsorships__left_at": None}


def yardsticks(season: Season, reader: User) -> dict[str, Callable[[], QuerySet]]:
    """The query of each list, as `reader` sees it; made anew for each request as a view makes it."""
    return {
        "proposals": lambda: Proposal.objects.filter(season=season, **LEAD).values_list(
            "code", "title", "sponsorships__unit__code", "sponsorships__unit__name", "goals__code",
            "students_served", "status",
        )[:ON_A_PAGE],
        "intents": lambda: Intent.objects.filter(season=season).values_list(
            "title", "unit__name", "posted_by__name", "posted_at", "problem__title", "idea", "looking_for",
        )[:ON_A_PAGE],
        "asks": lambda: Ask.objects.filter(
            asked_unit__in=reader.unit_ids, proposal__season=season
        ).order_by("code").values_list(
            "code", "asked_unit__name", "proposal__contact__name", "what", "proposal__code",
            "proposal__title", "proposal__status", "withdrawn_at", "effort_hours", "needed_by",
            "if_declined",
        )[:ON_A_PAGE],
        "vetting": lambda: Proposal.objects.under_review().filter(season=season, **LEAD).values_list(
            "pk", "code", "title", "sponsorships__unit__code", "sponsorships__unit__name", "status",
            "students_served", "cycle_years", "evidence_tier",
        )[:ON_A_PAGE],
        "vetting_overview": lambda: Proposal.objects.filter(season=season).values_list(
            "code", "title", "status", "reach", "students_served", "cycle_years", "evidence_tier",
            "contact__name", "contact__title", "contact__email", "season__name", "season__joint_points",
        )[:IN_THE_OVERVIEW],
        "goals": lambda: Goal.objects.filter(season=season, measures__kind="outcome").values_list(
            "code", "title", "problem__title", "measures__name", "measures__baseline",
            "measures__target", "by_date", "owner__name",
        )[:ON_A_PAGE],
        "slates": lambda: Slate.objects.filter(season=season).values_list(
            "name", "note", "status", "frozen_at", "released_at", "created_at", "created_by__name",
        )[:ON_A_PAGE],
        "decisions": lambda: Decision.objects.filter(slate__season=season).values_list(
            "version__proposal__code", "version__proposal__title", "outcome", "published_at",
            "version__proposal__contact__unit__code", "version__proposal__contact__unit__name",
            "decided_at", "reason", "review_year",
        )[:ON_A_PAGE],
        "investments": lambda: Investment.objects.filter(season=season).order_by("goal__code").values_list(
            "code", "title", "state", "goal__code", "goal__title", "owner__code", "owner_person__name",
            "cost_cents", "cost_year", "ends_on",
        )[:ON_A_PAGE],
        "people": lambda: Unit.objects.order_by("name").values_list(
            "name", "code", "posts__person__email", "posts__person__name", "cabinet_member__name",
        )[:ON_A_PAGE],
        "mails": lambda: Mail.objects.filter(person_key=str(reader.pk)).values_list(
            "subject", "written_at", "sent_at", "dropped_at",
        )[:ON_A_PAGE],
    }  # fmt: skip
