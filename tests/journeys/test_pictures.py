"""Every main screen of the demo season, on a laptop and on a phone.

`make pictures` keeps some of them for the README, `make screens` the main ones at three widths, light and
dark, to be looked at one by one.
"""

import os
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from desk import demo
from goals.models import Goal, Stage
from investments.models import Investment
from people.models import Post, User
from proposals.models import Ask, Proposal
from slates.models import Slate

pytestmark = pytest.mark.timeout(1200 if os.environ.get("SCREENS") else 400)

PALETTE = Path(__file__).with_name("palette.js")

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 800}


class Album:
    """Visits pages at both widths and, where PICTURES names a folder, keeps those that have a title."""

    def __init__(self, walker):
        self.walker = walker
        self.folder = Path(os.environ["PICTURES"]) if os.environ.get("PICTURES") else None
        self.every = bool(os.environ.get("PICTURES_OF_ALL"))
        self.screens = Path(os.environ["SCREENS"]) if os.environ.get("SCREENS") else None
        self.blank = walker.page.context.new_page() if self.screens else None

    def visit(self, path: str, title: str = "") -> None:
        if (self.screens or self.folder) and not (title or self.every):
            return  # the pictures alone are asked for
        for size in (LAPTOP, PHONE):
            self.walker.page.set_viewport_size(size)
            self.walker.go(path)
            self.walker.fits()
            self._keep(path, title, size)
        if title and self.screens:
            self._screens(path, title)

    def _screens(self, path: str, title: str) -> None:
        """The first screenful at three widths, light and dark, in few colours."""
        page = self.walker.page
        self.screens.mkdir(parents=True, exist_ok=True)
        for width in (1280, 768, 320):
            page.set_viewport_size({"width": width, "height": 900})
            self.walker.go(path)
            page.wait_for_load_state("networkidle")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                shot = b64encode(page.screenshot()).decode()
                packed = self.blank.evaluate(PALETTE.read_text(encoding="utf-8"), shot)
                (self.screens / f"{title}-{width}-{scheme}.png").write_bytes(b64decode(packed))
        page.emulate_media(color_scheme="light")

    def _keep(self, path: str, title: str, size: dict) -> None:
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.every:
            name = title or path.strip("/").replace("/", "-") or "front"
            shot = self.folder / f"{name}-{size['width']}.png"
            self.walker.page.screenshot(path=shot, full_page=size is PHONE)
        elif title and size is LAPTOP:
            self.walker.page.screenshot(path=self.folder / f"{title}.jpg", type="jpeg", quality=80)


def somebody(role: str) -> User:
    return User.objects.filter(posts__role=role, is_active=True).order_by("pk").first()


def as_it_was(kind: str) -> None:
    demo.jump(Stage.objects.filter(kind=kind).order_by("order").first())


def head_of(unit) -> User:
    return Post.objects.filter(unit=unit, role="head").first().person


def drafting(album: Album) -> None:
    """The workspace while it may be changed."""
    as_it_was("drafting")
    proposal = Proposal.objects.filter(status="draft").order_by("code").first()
    album.walker.become(head_of(proposal.lead))
    here = f"/proposals/{proposal.pk}/"
    album.visit(f"{here}costs/", "costs")
    for part in ("edit", "details", "asks", "schools", "sponsors", "sign", "submit", "links"):
        album.visit(f"{here}{part}/")
    for path in ("/", here, "/proposals/", "/proposals/new/", "/proposals/intents/", "/goals/"):
        album.visit(path)


def consultation(album: Album) -> None:
    """A unit that is asked, before it has answered."""
    as_it_was("consultation")
    waiting = Ask.objects.filter(terms__endorsements=None, asked_unit__kind="department").first()
    album.walker.become(head_of(waiting.asked_unit))
    for path, title in (("/", "home"), ("/asks/", "asks"), (f"/asks/{waiting.pk}/", "")):
        album.visit(path, title)
    for path in ("/asks/delegations/", "/mails/", "/me/", "/people/", "/demo/people/", "/demo/when/"):
        album.visit(path)


def scoring(album: Album) -> None:
    as_it_was("scoring")
    reviewer = User.objects.filter(assignments__recused_at=None, posts__role="cabinet").first()
    album.walker.become(reviewer)
    proposal = reviewer.assignments.first().proposal
    album.visit("/vetting/")
    album.visit(f"/vetting/{proposal.pk}/", "review")
    album.visit(f"/proposals/{proposal.pk}/feedback/")
    album.walker.become(somebody("steward"))
    album.visit("/vetting/")
    album.visit("/vetting/overview/", "scores")
    for path in ("/setup/", "/setup/stages/", "/setup/rubric/", "/setup/funds/", "/setup/units/"):
        album.visit(path)


def afterwards(album: Album) -> None:
    """The whole season, decisions released."""
    album.walker.become(somebody("cfo"))
    slate = Slate.objects.first()
    album.visit("/slates/")
    for part, title in (("", "slate"), ("decisions/", ""), ("approve/", "")):
        album.visit(f"/slates/{slate.pk}/{part}", title)
    proposal = Proposal.objects.get(code="P-01")
    album.walker.become(head_of(proposal.lead))
    goal = Goal.objects.get(code="G1")
    pages = [("/season/", "season"), ("/goals/", ""), (f"/goals/{goal.pk}/", "goal"), ("/funds/", "")]
    investment = Investment.objects.filter(updates__state="on_track").first()
    pages += [(f"/proposals/{proposal.pk}/", "proposal"), ("/decisions/", "decisions")]
    pages += [("/investments/", ""), (f"/investments/{investment.pk}/", "investment")]
    for path, title in pages:
        album.visit(path, title)


def test_every_main_screen_on_a_laptop_and_on_a_phone(walker):
    demo.load()
    album = Album(walker)
    for scene in (afterwards, scoring, consultation, drafting):
        scene(album)
