"""States of an investment and of a commitment."""

from django.db import models


class State(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    WITHIN_DIP = "within_dip", "Within expected dip"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"
    COMPLETE = "complete", "Complete"
    STOPPED = "stopped", "Stopped"


CLOSED = (State.COMPLETE, State.STOPPED)


class CommitmentStatus(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    KEPT = "kept", "Kept"
    LATE = "late", "Late"
    RELEASED = "released", "Released"


SETTLED = (CommitmentStatus.KEPT, CommitmentStatus.RELEASED)
