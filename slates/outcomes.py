"""Whether an outcome fits what is on the slate. Used by the form, the verb and the freeze alike."""

from .models import Decision

Outcome = Decision.Outcome


def problem_with(
    outcome: str, *, is_on: bool, in_part: bool, declined: bool, override_reason: str = ""
) -> dict[str, str]:
    """Sentences by field; empty when the outcome fits.

    Funded in some way if and only if money is on the slate; in part if and only if it is less than
    requested. Funded with conditions may be either.
    """
    if outcome in Decision.FUNDING and not is_on:
        return {"outcome": "It is not on this slate. Add it first, or choose Deferred or Not funded."}
    if outcome not in Decision.FUNDING and is_on:
        return {"outcome": "It is on this slate. Take it off first, or choose one of the funded outcomes."}
    if outcome == Outcome.FUNDED and in_part:
        return {"outcome": "Less than requested is on the slate. Choose Funded in part or with conditions."}
    if outcome == Outcome.FUNDED_IN_PART and not in_part:
        return {"outcome": "All that was requested is on the slate. Choose Funded or with conditions."}
    if outcome in Decision.FUNDING and declined and not override_reason.strip():
        return {"override_reason": "An asked unit declined. Say why it is funded all the same."}
    return {}
