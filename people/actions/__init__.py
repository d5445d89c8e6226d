"""What is done with the district, its units, its people and their posts."""

from .district import change_district, open_district
from .invitations import (
    accept_invitation,
    invitation_of,
    invite_administrator,
    invite_first_administrator,
    invite_person,
)
from .persons import add_person, change_person, deactivate_person, reactivate_person
from .posts import end_post, give_post, name_slate_builder, name_speakers, unname_slate_builder
from .units import add_unit, change_unit

__all__ = [
    "accept_invitation",
    "add_person",
    "add_unit",
    "change_district",
    "change_person",
    "change_unit",
    "deactivate_person",
    "end_post",
    "give_post",
    "invitation_of",
    "invite_administrator",
    "invite_first_administrator",
    "invite_person",
    "name_slate_builder",
    "name_speakers",
    "open_district",
    "reactivate_person",
    "unname_slate_builder",
]
