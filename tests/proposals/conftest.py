"""What was said about a proposal: a suggestion, and one that was accepted; and browsers of two who write."""

import pytest

from proposals.actions import remarks
from proposals.actions.baton import pass_on


def say(proposal, by, text="Why weekly?", **more):
    return remarks.comment(proposal=proposal, section="strategy", text=text, by=by, **more)


def suggest(proposal, by, wording="twice a week", quote="every week"):
    return say(proposal, by, "", quote=quote, wording=wording)


@pytest.fixture
def consulted(submitted, at_stage):
    at_stage("consultation")
    return submitted


@pytest.fixture
def suggested(consulted, asked_head):
    """Transportation suggests “twice a week” while all consult."""
    return suggest(consulted, asked_head)


@pytest.fixture
def accepted(suggested, people, at_stage):
    """… which the sponsors accept; then it is returned for revision."""
    remarks.accept_suggestion(comment=suggested, by=people.partner_head, word="Right.")
    at_stage("revision")
    pass_on(proposal=suggested.proposal, act="return", by=people.steward, sentence="returned P-01")
    return suggested


@pytest.fixture
def lead(lead_head, signed_in):
    return signed_in(lead_head)


@pytest.fixture
def deputy(lead_deputy, signed_in):
    return signed_in(lead_deputy)
