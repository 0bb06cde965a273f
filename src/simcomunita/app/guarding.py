"""What the server says of itself: what a page may load, in which language it speaks, and which server this is."""

from __future__ import annotations

import os
import uuid

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from simcomunita.experiment.wording import LANGUAGES, Language

POLICY = "; ".join(
    (
        "default-src 'self'",
        # Solara's pages make their templates in the browser, and notebooks' widgets come as blobs.
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
"""What the browser lets the page do: ask this server, nobody else."""


HERE_IS = uuid.uuid4().hex
"""This server, until it ends."""


PROJECTOR = "simcomunita-projector"
"""The cookie of the browser that shows the room on the projector."""


def default_language(accepted: str = "") -> Language:
    """Return the language of who has not chosen one: the server's, or else the first of the browser's that we know."""
    chosen = os.environ.get("SIMCOMUNITA_APP_LANGUAGE", "")
    wanted = [chosen, *(part.split(";")[0].strip()[:2].lower() for part in accepted.split(","))]
    return next((one for wish in wanted for one in LANGUAGES if one == wish), "en")


class Guarded:
    """Send what the page may do, with everything that is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = POLICY
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)
