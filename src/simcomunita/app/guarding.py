"""What the server says of itself (what a page may load, its language, which server this is), and what it hears."""

from __future__ import annotations

import json
import logging
import os
import uuid
from typing import Any

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


KINDS = ("comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request")
"""What a page says to the server, in Jupyter's words."""

TARGETS = ("solara.control", "jupyter.widget.control")
"""To whom a page opens a line of its own accord; all others the server opens."""

NO_MESSAGE = 1003
"""Why a connection is closed on which something else came (RFC 6455, section 7.4.1: data that cannot be accepted)."""

HEARING = ("Comm", "ipykernel.comm")
"""Loggers of those who hear what comes over a connection."""

LOG = logging.getLogger(__name__)


class Guarded:
    """Send what the page may do, with everything that is sent; hear nothing but what a page says."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or a connection with what comes over it."""
        if scope["type"] == "websocket":
            line = Line(receive, send)
            try:
                await self.app(scope, line.receive, line.send)
            except Exception as error:
                LOG.warning("A connection was closed: %s.", _why(error))
                LOG.debug("It broke off here:", exc_info=error)
                await line.send({"type": "websocket.close", "code": NO_MESSAGE})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = POLICY
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] == "http" else send)


class Line:
    """A page's connection, which ends where something comes over it that no page says."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._closed = False

    async def receive(self) -> Message:
        """Hear the next thing; to those who read on, a connection that was closed looks like a page that went away."""
        message = await self._receive()
        if message["type"] == "websocket.receive" and not is_said_by_a_page(message.get("text")):
            LOG.warning("A connection sent something that no page says, and was closed.")
            await self.send({"type": "websocket.close", "code": NO_MESSAGE})
            return {"type": "websocket.disconnect", "code": NO_MESSAGE}
        return message

    async def send(self, message: Message) -> None:
        """Say something, unless the connection was closed."""
        if not self._closed:
            self._closed = message["type"] == "websocket.close"
            await self._send(message)


class Brief(logging.Filter):
    """Say in a line what broke over a connection; the rest is for who debugs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off."""
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            LOG.debug("It broke off here:", exc_info=error)
            record.msg, record.args, record.exc_info = f"{record.getMessage()}: {_why(error)}", (), None
        return True


def keep_brief() -> None:
    """Let those who hear connections say in a line what broke."""
    for name in HEARING:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Brief) for one in logger.filters):
            logger.addFilter(Brief())


def _why(error: BaseException) -> str:
    """Say in a few words what broke, of several the first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__} {str(error)[:100]!r}"


def is_said_by_a_page(text: Any) -> bool:
    """Whether a text is a message of a kind that pages send, with all that is read of it."""
    try:
        message = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return False
    if not isinstance(message, dict) or not isinstance(message.get("channel"), str):
        return False
    header, content = message.get("header"), message.get("content")
    if not isinstance(header, dict) or not isinstance(content, dict) or header.get("msg_type") not in KINDS:
        return False
    kind = header["msg_type"]
    if not isinstance(header.get("msg_id"), str):
        return False
    if kind.endswith("_info_request"):
        return True
    if not isinstance(content.get("comm_id"), str) or not isinstance(content.get("data", {}), dict):
        return False
    return kind != "comm_open" or content.get("target_name") in TARGETS
