"""Files of the page, compressed once: not anew for each phone that comes in.

What the page is made of (some five million letters) lies on the disk and stays the same while the server runs. To
compress it takes most of a second, in which nobody else is answered.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILES = ("/_solara/cdn/", "/jupyter/nbextensions/", "/static/")
"""Where files lie that never change while the server runs."""

MOST_BYTES = 2**25
"""How much is kept; what a page loads is some two million bytes."""

ASKING_LESS = ("range", "if-none-match", "if-modified-since")
"""Who says one of these wants less than the whole file."""


class Packed:
    """Keep what was sent of each file, as it was sent, and send it again to the next who asks."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._sent: dict[tuple[str, bool], tuple[Message, bytes]] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what was sent before, or pass the request on."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(FILES):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if any(name in headers for name in ASKING_LESS):
            await self.app(scope, receive, send)
            return
        # What follows a question mark only tells browsers apart what they keep.
        key = (scope["path"], "gzip" in headers.get("accept-encoding", ""))
        if (kept := self._sent.get(key)) is not None:
            start, body = kept
            await send({**start, "headers": list(start["headers"])})
            await send({"type": "http.response.body", "body": body})
            return
        begun: list[Message] = []
        parts: list[bytes] = []

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append({**message, "headers": list(message["headers"])})
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    self._keep(key, begun[0], b"".join(parts))
            await send(message)

        await self.app(scope, receive, noting)

    def _keep(self, key: tuple[str, bool], start: Message, body: bytes) -> None:
        if start["status"] == 200 and key not in self._sent and self._bytes + len(body) <= MOST_BYTES:
            self._sent[key] = (start, body)
            self._bytes += len(body)
