from __future__ import annotations

import asyncio
import importlib.util
import socket
import subprocess
import sys
from typing import Any

import pytest
from typer.testing import CliRunner

from simcomunita.app import serving
from simcomunita.app.gathering import Doors
from simcomunita.app.guarding import Guarded, default_language
from simcomunita.cli import app


@pytest.mark.parametrize("host", ["::nowhere", "192.0.2.1"])
def test_an_address_that_this_computer_does_not_have_is_named_and_no_port_is_blamed(host: str) -> None:
    with pytest.raises(serving.UnservedError, match=f"--host {host}") as told:
        serving.listening_socket(host, 8765, "en")
    assert "--port" not in str(told.value)


def test_a_port_that_is_taken_is_named_with_another_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = CliRunner().invoke(app, ["app", "--port", str(port)])
    assert answer.exit_code == 2
    assert f"--port {port}" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(("language", "said"), [("en", "needs the extra"), ("it", "richiede l'extra")])
def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, language: str, said: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(serving, "find_spec", lambda name: None if name == "solara" else found(name))
    answer = CliRunner().invoke(app, ["app", "--lang", language])
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert 'pip install "simcomunita[app]"' in answer.stderr
    assert "solara" in answer.stderr


def test_the_command_is_described_without_loading_solara() -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from simcomunita.cli import app;"
        "CliRunner().invoke(app, ['app', '--help']); sys.exit('solara' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_room_is_invited_by_address_and_by_a_code_that_phones_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "addresses", lambda: ["192.168.1.7", "10.0.0.2"])
    said = list(serving.invitations("0.0.0.0", 8765, "it"))
    assert "http://192.168.1.7:8765/?lang=it" in said[0]
    assert "http://10.0.0.2:8765/?lang=it" in said[1]
    assert said[2].count("\n") > 10


def test_one_computer_alone_gets_its_own_address_and_no_code() -> None:
    assert list(serving.invitations("127.0.0.1", 8765, None)) == ["The workshop is open at http://127.0.0.1:8765/"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_one_computer_alone_has_no_room(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr(serving, "DOORS", Doors())
    assert serving.open_room(host, 8765) == ""
    assert serving.DOORS.room is None


def test_a_room_has_an_address_for_phones_and_a_secret_one_for_the_projector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "DOORS", Doors())
    monkeypatch.setattr(serving, "addresses", lambda: ["192.168.1.7", "10.0.0.2"])
    projector = serving.open_room("0.0.0.0", 8765)
    room = serving.DOORS.room
    assert room is not None
    assert room.join == "http://192.168.1.7:8765"
    assert projector == f"http://127.0.0.1:8765/projector/{room.token}"
    assert len(room.token) >= 20
    assert serving.open_room("0.0.0.0", 8765) != projector, "each room has its own"


def test_the_workshop_opens_to_this_computer_alone_unless_it_is_asked_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(serving, "serve", lambda host, port, chosen, browser: asked.append((host, port)))
    assert CliRunner().invoke(app, ["app"]).exit_code == 0
    assert [host for host, _ in asked] == ["127.0.0.1"]


STOPPED = """
import uvicorn
from simcomunita.app import desk, filming, serving

class Noted:
    def __init__(self, name):
        self.name = name

    def warm(self, questions):
        pass

    def close(self):
        print("closed", self.name)

def run(self, sockets):
    print("served")
    raise KeyboardInterrupt

desk.DESK, filming.FILMS, uvicorn.Server.run = Noted("desk"), Noted("films"), run
try:
    serving.serve("127.0.0.1", 0, "en")
except KeyboardInterrupt:
    print("stopped")
"""


def test_who_answers_and_who_films_end_with_the_server() -> None:
    pytest.importorskip("solara")
    done = subprocess.run([sys.executable, "-c", STOPPED], capture_output=True, text=True, check=True)
    said = [line for line in done.stdout.splitlines() if line.startswith(("served", "closed", "stopped"))]
    assert said[0] == "served"
    assert sorted(said[1:-1]) == ["closed desk", "closed films"]
    assert said[-1] == "stopped"


def test_addresses_of_this_computer_are_none_that_only_it_can_reach() -> None:
    assert not [address for address in serving.addresses() if address.startswith("127.")]


def test_solara_is_told_to_tell_nobody_and_to_forget_lost_pages() -> None:
    assert serving.SETTINGS["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert serving.SETTINGS["SOLARA_ASSETS_CDN"].startswith("http://127.0.0.1")
    assert serving.SETTINGS["SOLARA_KERNEL_CULL_TIMEOUT"] == "3m"


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [("it", "en", "it"), ("", "it-IT,it;q=0.9,en;q=0.8", "it"), ("", "de, en;q=0.5", "en"), ("", "", "en")],
)
def test_the_servers_language_goes_before_the_browsers(
    monkeypatch: pytest.MonkeyPatch, chosen: str, accepted: str, language: str
) -> None:
    monkeypatch.setenv("SIMCOMUNITA_APP_LANGUAGE", chosen)
    assert default_language(accepted) == language


def test_browsers_are_told_to_ask_no_other_host() -> None:
    sent: list[dict[str, Any]] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(Guarded(page)({"type": "http"}, None, send))
    policy = dict(sent[0]["headers"])[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert "*" not in policy
