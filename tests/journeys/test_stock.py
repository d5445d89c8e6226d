"""The gallery beside stock Bootstrap: `make screens` draws it, to be looked at and judged."""

import os
from base64 import b64decode, b64encode
from pathlib import Path

from people.models import User
from tests.shape.house import ROOT

HERE = Path(__file__).parent
STOCK = ROOT / "node_modules" / "bootstrap" / "dist" / "css" / "bootstrap.css"
LOOK = {"width": 1100, "height": 1400}


def script(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def test_the_gallery_beside_stock_bootstrap(walker, people, tmp_path):
    """Left ours; right the same page with Bootstrap's classes and its style sheet as it comes."""
    walker.become(User.objects.order_by("pk").first())
    page, shots = walker.page, []
    page.set_viewport_size(LOOK)
    page.emulate_media(reduced_motion="reduce")
    for is_stock in (False, True):
        if is_stock:
            page.route("**/dist/app.css", lambda route: route.fulfill(path=STOCK, content_type="text/css"))
        walker.go("/gallery/")
        page.wait_for_load_state("networkidle")
        if is_stock:
            page.evaluate(script("stock.js"))
        shots.append(b64encode(page.screenshot(full_page=True)).decode())
    assert shots[0] != shots[1]
    blank = page.context.new_page()
    both = blank.evaluate(script("beside.js"), shots)
    folder = Path(os.environ.get("SCREENS") or tmp_path)
    (folder / "gallery-beside-stock.png").write_bytes(b64decode(blank.evaluate(script("palette.js"), both)))
