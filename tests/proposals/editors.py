"""Editors as the page has them: a Yjs document for each section, and the protocol by Django's client."""

import base64
import json
from uuid import uuid4

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from proposals.document.reading import shown


def paragraph(text: str) -> XmlElement:
    return XmlElement("paragraph", {}, [XmlText(text)])


class Editor:
    """One section in one browser."""

    def __init__(self, kind: str = "need", client: int | None = None):
        self.kind = kind
        self.doc = Doc(client_id=client)
        self.body = self.doc.get("body", type=XmlFragment)
        self.client, self.made = self.doc.client_id, []
        self.watching = self.doc.observe(lambda event: self.made.append(event.update))
        self.since = 0

    @property
    def text(self) -> str:
        return shown(self.doc).text

    def write(self, text: str) -> dict:
        """Append a paragraph; returns the update to be sent."""
        self.body.children.append(paragraph(text))
        return self.news()

    def news(self) -> dict:
        from pycrdt import merge_updates

        data, self.made[:] = merge_updates(*self.made), []
        return self.update(data)

    def update(self, data: bytes) -> dict:
        coded = base64.b64encode(data).decode()
        return {"kind": self.kind, "key": uuid4().hex, "client": self.client, "data": coded}

    def take(self, answer: dict) -> None:
        """Merge the news of an answer, as the page does."""
        for row in answer["rows"]:
            if row["kind"] == self.kind:
                self.doc.apply_update(base64.b64decode(row["data"]))
        self.made.clear()
        self.since = answer["number"]

    def here(self) -> dict:
        return {"kind": self.kind, "client": self.client, "caret": None}


def send(client, proposal, *updates, since: int = 0, here=None, **also):
    sent = {"since": since, "updates": updates, "here": here} | also
    return client.post(f"/proposals/{proposal.pk}/live/", json.dumps(sent), content_type="application/json")


def ask(client, proposal, since: int = 0, here=None):
    asked = {"since": since, "here": json.dumps(here)}
    return client.get(f"/proposals/{proposal.pk}/live/", asked)
