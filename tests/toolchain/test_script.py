"""The page's script in a real browser, under the policy that the app sends."""

import pytest
from django.conf import settings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!doctype html><html lang="en"><head><title>Proof</title>
<meta name="csrf-token" content="the-token">
<link rel="stylesheet" href="/static/dist/app.css"><script src="/static/dist/app.js" defer></script>
</head><body><main class="container">
<form method="post" action="/plain"><input name="word" value="kept">
  <button name="act" value="send">Send</button></form>
<form id="partial" hx-post="/partial" hx-target="#answer"><button>Ask</button></form>
<p id="answer"></p><div id="announcement" role="alert"></div>
<div class="dropdown"><button id="more" data-bs-toggle="dropdown" aria-expanded="false">More</button>
  <ul class="dropdown-menu"><li><a class="dropdown-item" href="#">First</a></li></ul></div>
</main></body></html>"""


def policy():
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules)


@pytest.fixture
def proof(page, live_server):
    """The page, what it sent, and what the browser complained about."""
    sent, complaints = [], []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    html = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy()}

    def answer(route):
        request = route.request
        if request.method == "POST":
            sent.append(request)
        part = request.url.endswith("/partial")
        status = 503 if part and len(sent) > 1 else 200
        route.fulfill(status=status, headers=html, body="<b>Answered</b>" if part else PAGE)

    for name in ("proof", "plain", "partial"):
        page.route(f"{live_server.url}/{name}", answer)
    page.goto(f"{live_server.url}/proof")
    return page, sent, complaints


def test_a_double_click_sends_once_with_the_pressed_button(proof):
    page, sent, complaints = proof
    page.get_by_role("button", name="Send").dblclick(no_wait_after=True)
    page.wait_for_url("**/plain")
    assert [request.post_data for request in sent] == ["word=kept&act=send"]
    assert complaints == []


def test_a_partial_answer_arrives_and_the_form_can_be_used_again(proof):
    page, sent, complaints = proof
    page.get_by_role("button", name="Ask").click()
    page.get_by_text("Answered").wait_for()
    assert sent[0].headers["x-csrftoken"] == "the-token"
    assert complaints == []
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("alert").wait_for()
    assert "nothing was changed" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("button", name="Ask").is_enabled()


def test_menus_open_under_the_strict_policy(proof):
    page, _, complaints = proof
    page.get_by_role("button", name="More").click()
    page.get_by_role("link", name="First").wait_for()
    assert complaints == []
