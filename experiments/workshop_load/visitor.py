"""A visitor without a browser: it speaks to the server as the page's script does, and moves a lever now and then.

What a phone does with the answer, to draw it, is its own work and not measured here.
"""

from __future__ import annotations

import asyncio
import json
import struct
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Waits:
    """Seconds that one visitor waited: to the first page, to each click's effect, to each first answer."""

    page: float = 0.0
    clicks: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    busy: int = 0
    """Answers that were refused or never came in time."""


class Visitor:
    """One page."""

    def __init__(self, address: str, patience: float) -> None:
        self.address, self.patience = address, patience
        self.models: dict[str, dict[str, Any]] = {}
        self.sentences: list[str] = []
        """All answers in a sentence that the page has shown, in order; the old one stays until there is a new one."""
        self.news = asyncio.Event()
        self.waits = Waits()

    async def visit(self, moves: list[dict[str, Any]], pause: float, late: float) -> Waits:
        """Open the page, wait for its answer, and then make these moves: values of levers, each a choice."""
        await asyncio.sleep(late)
        kernel, page, session = (uuid.uuid4().hex for _ in range(3))
        to = f"ws://{self.address}/jupyter/api/kernels/{kernel}/channels?session_id={page}"
        headers = {"Cookie": f"solara-session-id={session}"}
        begun = time.perf_counter()
        # No proxy, and no hanging up on a computer that is slow.
        way = {"proxy": None, "max_size": None, "open_timeout": self.patience, "ping_timeout": None}
        async with connect(to, additional_headers=headers, **way) as line:
            reading = asyncio.create_task(self._read(line))
            control = uuid.uuid4().hex
            await self._send(line, "comm_open", comm_id=control, target_name="solara.control", data={}, metadata={})
            asked = {"path": "/?lang=en&now=facilitators:8", "dark": False, "themes": _THEMES}
            await self._send(line, "comm_msg", comm_id=control, data={"method": "run", "args": asked})
            if not await self._until(lambda: self._levers() is not None):
                raise TimeoutError("the page never came")
            self.waits.page = time.perf_counter() - begun
            await self._until(lambda: any(any(map(str.isdigit, said)) for said in self.sentences))
            for moved in moves:
                await asyncio.sleep(pause)
                await self._move(line, moved)
            reading.cancel()
        return self.waits

    async def _move(self, line: ClientConnection, levers_moved: dict[str, Any]) -> None:
        levers = self._levers()
        assert levers is not None
        update = {"asked": {**levers_moved, "": time.time_ns() // 1_000_000}}
        before = len(self.sentences)
        begun = time.perf_counter()
        data = {"method": "update", "state": update, "buffer_paths": []}
        await self._send(line, "comm_msg", comm_id=levers, data=data)

        def moved() -> bool:
            own = self._levers()
            return own is not None and levers_moved.items() <= self.models[own]["shown"]["values"].items()

        if not await self._until(moved):
            self.waits.busy += 1
            return
        self.waits.clicks.append(time.perf_counter() - begun)
        if await self._until(lambda: len(self.sentences) > before):
            self.waits.answers.append(time.perf_counter() - begun)
        else:
            self.waits.busy += 1

    def _levers(self) -> str | None:
        return next((key for key, state in self.models.items() if "asked" in state and "shown" in state), None)

    def _note(self, model: str, changed: dict[str, Any]) -> None:
        if "children" in changed and str(self.models[model].get("class_") or "").startswith("sc-headline"):
            self.sentences.append(str(changed["children"]))

    async def _until(self, what: Any) -> bool:
        end = time.monotonic() + self.patience
        while not what():
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), max(end - time.monotonic(), 0.001))
            except TimeoutError:
                return False
        return True

    async def _read(self, line: ClientConnection) -> None:
        async for message in line:
            # Only what carries raw bytes comes packed.
            told = json.loads(message) if isinstance(message, str) else _unpacked(message)
            kind, content = told["header"]["msg_type"], told["content"]
            if kind == "comm_open":
                self.models[content["comm_id"]] = dict(content["data"].get("state", {}))
                self._note(content["comm_id"], self.models[content["comm_id"]])
            elif kind == "comm_msg" and content["data"].get("method") == "update":
                self.models.setdefault(content["comm_id"], {}).update(content["data"]["state"])
                self._note(content["comm_id"], content["data"]["state"])
            elif kind == "comm_close":
                self.models.pop(content["comm_id"], None)
            self.news.set()

    async def _send(self, line: ClientConnection, kind: str, **content: Any) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "visitor", "version": "5.2"}
        header["date"] = "2020-01-01T00:00:00Z"
        told = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await line.send(json.dumps({**told, "buffers": []}))


_THEMES: dict[str, Any] = {"light": {}, "dark": {}}


def _unpacked(message: bytes) -> dict[str, Any]:
    parts = struct.unpack("!i", message[:4])[0]
    offsets = struct.unpack(f"!{parts}I", message[4 : 4 * (parts + 1)])
    end = offsets[1] if parts > 1 else None
    return dict(json.loads(message[offsets[0] : end]))
