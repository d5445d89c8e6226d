"""How we decide: the calendar, who decides, the rules that earn points, and what departed from them."""

from decimal import Decimal

from django.core.paginator import Paginator
from django.shortcuts import render

from activity import clock
from goals.rules import blockers_to_adopt, can_adopt, can_set_up_season
from goals.shown import season_or_404, season_shown
from goals.templatetags.goals_tags import figure
from people.access import members
from people.models import District
from reviews.models import Criterion

from ..history import readable
from ..home import where_we_stand
from ..together import together_in


@members
def season(request):
    row = season_shown(request)
    if row is None:
        return render(request, "desk/season_none.html", {"may_set_up": can_set_up_season(request.user)})
    log = Paginator(readable(request.user).integrity().filter(is_private=False), 20)
    context = {
        "standing": where_we_stand(request.user, row),
        "stages": row.all_stages,
        "coming": next((stage for stage in row.all_stages if stage.opens > clock.today()), None),
        "rights": row.decision_rights.all(),
        "principles": row.principles.all(),
        "criteria": Criterion.objects.filter(rubric__season=row),
        "agreement": getattr(row, "agreement", None),
        "district": _figures_of(District.objects.first()),
        "log": log.get_page(request.GET.get("page")),
        "may_set_up": can_set_up_season(request.user),
        "may_adopt": not row.adopted_at and not row.workbook_digest and can_adopt(request.user),
    }
    if context["may_adopt"]:
        context["blockers"] = blockers_to_adopt(row)
    return render(request, "desk/season.html", context)


def _figures_of(district: District | None) -> list[tuple[str, str]]:
    """What the district publishes of itself, by label: databases keep no order of their own."""
    facts = sorted(district.facts.items()) if district else []
    return [(label, figure(Decimal(str(v))) if type(v) in (int, float) else str(v)) for label, v in facts]


@members
def together(request):
    """Units by units: who sponsors with whom, and who with nobody yet."""
    season = season_or_404(request)
    return render(request, "desk/together.html", {"season": season, "together": together_in(season)})
