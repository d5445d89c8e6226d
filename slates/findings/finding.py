"""What a check of a slate has to say."""

from dataclasses import dataclass

from ..models import Override


@dataclass(frozen=True)
class Finding:
    """One thing to know before a slate binds; `key` names it for an override."""

    key: str
    kind: str
    sentence: str
    amount: int | None = None
    blocking: bool = False
    # False where the cause itself must be put right, and no reason can stand in for it.
    may_be_overridden: bool = True
    override: Override | None = None

    @property
    def stands_in_the_way(self) -> bool:
        return self.blocking and self.override is None
