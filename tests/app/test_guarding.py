"""What a connection may say, and what becomes of one that says something else."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

pytest.importorskip("starlette")

from starlette.types import Message, Receive, Scope, Send

from simcomunita.app.guarding import HEARING, NO_MESSAGE, Brief, Guarded, is_said_by_a_page, keep_brief

PRESSED: dict[str, Any] = {
    "channel": "shell",
    "header": {"msg_type": "comm_msg", "msg_id": "1"},
    "content": {"comm_id": "a", "data": {"method": "custom", "content": "pressed"}},
}
OPENED: dict[str, Any] = {
    "channel": "shell",
    "header": {"msg_type": "comm_open", "msg_id": "1"},
    "content": {"comm_id": "a", "target_name": "solara.control", "data": {}},
}
ASKED: dict[str, Any] = {
    "channel": "shell",
    "header": {"msg_type": "comm_info_request", "msg_id": "1"},
    "content": {},
}


@pytest.mark.parametrize("message", [PRESSED, OPENED, ASKED])
def test_what_pages_say_is_heard(message: dict[str, Any]) -> None:
    assert is_said_by_a_page(json.dumps(message))


def changed(message: dict[str, Any], part: str, **new: Any) -> str:
    return json.dumps({**message, part: {**message[part], **new}})


NONSENSE = {
    "no text": None,
    "nothing": "",
    "no JSON": "nonsense",
    "a list": "[]",
    "a number": "1",
    "null": "null",
    "too deep": "[" * 100_000,
    "empty": "{}",
    "no kind": changed(PRESSED, "header", msg_type=None),
    "a kind that is a list": changed(PRESSED, "header", msg_type=["comm_msg"]),
    "code": changed(PRESSED, "header", msg_type="execute_request"),
    "the end of everything": changed(PRESSED, "header", msg_type="shutdown_request"),
    "no number": changed(PRESSED, "header", msg_id=None),
    "no channel": json.dumps({**PRESSED, "channel": None}),
    "a header that is none": json.dumps({**PRESSED, "header": 7}),
    "content that is none": json.dumps({**PRESSED, "content": []}),
    "nobody": changed(PRESSED, "content", comm_id=None),
    "a person who is a list": changed(PRESSED, "content", comm_id=[]),
    "data that are none": changed(PRESSED, "content", data="x"),
    "a widget of its own": changed(OPENED, "content", target_name="jupyter.widget"),
    "to somebody who is a list": changed(OPENED, "content", target_name=[]),
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE.keys())
def test_what_no_page_says_is_not_heard(text: str | None) -> None:
    assert not is_said_by_a_page(text)


def lived(*said: Message) -> tuple[list[Message], list[Message]]:
    """What an application hears of a connection on which this was said, and what it sends, which is all the same."""
    coming = iter(said)
    heard: list[Message] = []
    sent: list[Message] = []

    async def receive() -> Message:
        return next(coming)

    async def send(message: Message) -> None:
        sent.append(message)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        while not heard or heard[-1]["type"] != "websocket.disconnect":
            heard.append(await receive())
            await send({"type": "websocket.send", "text": "answer"})
        await send({"type": "websocket.close"})

    asyncio.run(Guarded(application)({"type": "websocket"}, receive, send))
    return heard, sent


def test_a_connection_on_which_nonsense_comes_is_closed_and_looks_like_a_page_that_went_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    said = {"type": "websocket.receive", "text": json.dumps(PRESSED)}
    heard, sent = lived({"type": "websocket.connect"}, said, {"type": "websocket.receive", "bytes": b"\x00"}, said)
    assert [one["type"] for one in heard] == ["websocket.connect", "websocket.receive", "websocket.disconnect"]
    assert [one["type"] for one in sent] == ["websocket.send"] * 2 + ["websocket.close"]
    assert sent[-1]["code"] == NO_MESSAGE
    assert len(caplog.records) == 1


def test_what_breaks_over_a_connection_is_a_line_on_the_console_and_closes_it(caplog: pytest.LogCaptureFixture) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        raise ExceptionGroup("several", [KeyError("session_id")])

    with caplog.at_level("WARNING"):
        asyncio.run(Guarded(application)({"type": "websocket"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": NO_MESSAGE}]
    assert [one.getMessage() for one in caplog.records] == ["""A connection was closed: KeyError "'session_id'"."""]
    assert caplog.records[0].exc_info is None


@pytest.mark.parametrize("name", HEARING)
def test_who_hears_connections_says_in_a_line_what_broke(name: str, caplog: pytest.LogCaptureFixture) -> None:
    keep_brief()
    keep_brief()
    assert sum(isinstance(one, Brief) for one in logging.getLogger(name).filters) == 1
    with caplog.at_level("ERROR"):
        try:
            raise KeyError("method")
        except KeyError:
            logging.getLogger(name).exception("Exception in comm_msg for %s", "c")
    assert [one.getMessage() for one in caplog.records] == ["""Exception in comm_msg for c: KeyError "'method'\""""]
    assert caplog.records[0].exc_info is None


def test_a_page_that_goes_away_goes_as_it_says() -> None:
    heard, sent = lived({"type": "websocket.connect"}, {"type": "websocket.disconnect", "code": 1001})
    assert heard[-1]["code"] == 1001
    assert [one["type"] for one in sent] == ["websocket.send"] * 2 + ["websocket.close"]
