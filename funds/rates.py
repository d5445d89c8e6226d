"""The rates of a season: as they are set, and as the arithmetic of cost lines wants them. Reads only."""

from decimal import Decimal

from .arithmetic import Rates
from .models import CostAssumption


def rates_of(season: str) -> dict[str, Decimal]:
    """Value by role, of the roles that arithmetic knows; a missing one is not there."""
    rows = CostAssumption.objects.filter(season=season).exclude(role="")
    return dict(rows.values_list("role", "value"))


def line_rates_of(season: str) -> Rates:
    """The same for cost lines; a missing one counts as none."""
    known = Rates.__dataclass_fields__
    return Rates(**{role: value for role, value in rates_of(season).items() if role in known})
