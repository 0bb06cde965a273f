"""Files that are compressed once."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

pytest.importorskip("starlette")

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Message, Receive, Scope, Send

from simcomunita.app import packing
from simcomunita.app.packing import Packed


class Files:
    """An application that answers with what was asked for, in two parts, and counts how often it was asked."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        headers = [(b"content-type", b"text/javascript")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": scope["path"].encode() * 100, "more_body": True})
        await send({"type": "http.response.body", "body": b"end"})


def fetched(app: Packed, path: str, method: str = "GET", query: bytes = b"", **headers: str) -> tuple[Any, bytes]:
    """The first message of an answer, and its body."""
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError("nobody says more")

    async def send(message: Message) -> None:
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query, "headers": named}
    asyncio.run(app(scope, receive, send))
    return sent[0], b"".join(one["body"] for one in sent[1:])


FILE = "/static/main.js"


def test_a_file_is_compressed_for_the_first_who_asks_and_the_next_gets_the_same_bytes() -> None:
    files = Files()
    app = Packed(GZipMiddleware(files))
    first = fetched(app, FILE, accept_encoding="gzip, br")
    assert dict(first[0]["headers"])[b"content-encoding"] == b"gzip"
    # Headers are of one answer alone.
    first[0]["headers"].append((b"x-of-the-first", b"alone"))
    second = fetched(app, FILE, accept_encoding="gzip")
    assert second[1] == first[1]
    assert second[0]["headers"] == first[0]["headers"][:-1]
    third = fetched(app, FILE, accept_encoding="gzip")
    assert third == second
    assert files.asked == 1


def test_who_cannot_unpack_gets_the_file_as_it_is() -> None:
    app = Packed(GZipMiddleware(Files()))
    fetched(app, FILE, accept_encoding="gzip")
    for _ in range(2):
        start, body = fetched(app, FILE)
        assert b"content-encoding" not in dict(start["headers"])
        assert body == FILE.encode() * 100 + b"end"


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/", "GET", {}),
        ("/here", "GET", {}),
        (FILE, "HEAD", {}),
        (FILE, "GET", {"range": "bytes=0-1"}),
        (FILE, "GET", {"if_none_match": '"a"'}),
    ],
)
def test_what_may_differ_each_time_is_asked_each_time(path: str, method: str, headers: dict[str, str]) -> None:
    files = Files()
    app = Packed(files)
    for _ in range(2):
        fetched(app, path, method, **headers)
    assert files.asked == 2


def test_an_answer_that_is_no_file_is_not_kept() -> None:
    files = Files(status=404)
    app = Packed(files)
    for _ in range(2):
        assert fetched(app, FILE)[0]["status"] == 404
    assert files.asked == 2


def test_no_more_is_kept_than_a_limit_and_an_address_counts_once_whatever_is_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = Files()
    app = Packed(files)
    size = len(fetched(app, FILE)[1])
    for k in range(5):
        fetched(app, FILE, query=b"v=%d" % k)
    assert files.asked == 1
    monkeypatch.setattr(packing, "MOST_BYTES", 3 * size)
    names = [f"/static/fil{k}.js" for k in range(5)]
    for name in (*names, *names):
        fetched(app, name)
    assert files.asked == 1 + 5 + 3
