"""Opening the workshop: a server on this computer, for this computer alone unless asked otherwise.

Nothing is asked of another host, by the server or by the page: usage statistics are off, no package's version and no
address is looked up, and every file that the page loads lies on this disk. The page is told so too, by a policy that
browsers enforce.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING

from simcomunita.app.gathering import DOORS
from simcomunita.app.words import word

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language

NEEDED = ("solara", "solara_assets", "ipyvuetify", "anywidget", "segno", "uvicorn", "psutil")
"""Packages of the extra ``app``, as they are imported."""

EVERYWHERE = ("0.0.0.0", "::")
NOWHERE = "http://127.0.0.1:9/"
"""An address at which nobody answers: where front-end files would be fetched that are not on the disk."""

MOST_BYTES = 2**20
"""Largest message that a page may send: a scenario's file is at most 64 kB."""

SETTINGS = {
    "SOLARA_APP": "simcomunita.app.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_ASSETS_CDN": NOWHERE,
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_KERNEL_CULL_TIMEOUT": "3m",
    "SOLARA_SESSION_HTTP_ONLY": "True",
    "SOLARA_THEME_FORCE_REFRESH": "True",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "simcomunita",
}
"""How Solara is to behave; it reads them from the environment when it is first imported."""


class UnservedError(RuntimeError):
    """The workshop cannot be opened, and the user can mend it."""


def missing() -> list[str]:
    """Return the packages of the extra that are not installed."""
    return [name for name in NEEDED if name != "solara_assets" and find_spec(name) is None] + (
        [] if _has_assets() else ["solara-assets"]
    )


def _has_assets() -> bool:
    from simcomunita.app.widgets.library import NoLibraryError, library_file

    try:
        library_file()
    except NoLibraryError:
        return False
    return True


def addresses() -> list[str]:
    """Return this computer's addresses that others of its network can reach, without asking anybody."""
    import psutil

    found = [
        one.address
        for of_interface in psutil.net_if_addrs().values()
        for one in of_interface
        if one.family == socket.AF_INET and not ip_address(one.address).is_loopback
    ]
    # A hotspot or a hall's network is private; what is not may be a way out of the building.
    return sorted(found, key=lambda address: (not ip_address(address).is_private, address))


def listening_socket(host: str, port: int, language: Language) -> socket.socket:
    """Return a socket that is bound, so that a port that is taken is known before anything heavy is loaded.

    Raises
    ------
    UnservedError
        If it cannot be bound.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
    except OSError as error:
        made.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise UnservedError(word("host unknown", language, host=host, why=error.strerror)) from None
        other = port + 1 if port < 65_535 else 8765
        why = error.strerror or str(error)
        raise UnservedError(word("port taken", language, port=port, host=host, why=why, other=other)) from None
    return made


def invitations(host: str, port: int, chosen: Language | None) -> Iterator[str]:
    """Say where the workshop is open; with a picture for phones where it is open to a room."""
    language, query = (chosen, f"/?lang={chosen}") if chosen else ("en", "/")
    if host not in EVERYWHERE:
        at = f"[{host}]" if ":" in host else host
        yield word("serving", language, address=f"http://{at}:{port}{query}")
        return
    reachable = addresses()
    if not reachable:
        yield word("serving alone", language, address=f"http://127.0.0.1:{port}{query}")
        return
    for address in reachable:
        yield word("serving room", language, address=f"http://{address}:{port}{query}")
    yield code(f"http://{reachable[0]}:{port}{query}")


def code(text: str) -> str:
    """Return a QR code as letters that a terminal shows."""
    import io

    import segno

    written = io.StringIO()
    segno.make(text, micro=False).terminal(out=written, compact=True)
    return written.getvalue()


def serve(host: str, port: int, chosen: Language | None, *, browser: bool = False) -> None:
    """Open the workshop until somebody presses Ctrl-C.

    Parameters
    ----------
    host, port
        Where it listens; port 0 is any that is free.
    chosen
        The language of who has not chosen one in the page; the browser's, if None.
    browser
        Whether to show it in this computer's browser.

    Raises
    ------
    UnservedError
        If packages are missing, or the port cannot be opened.
    """
    language: Language = chosen or "en"
    if lacking := missing():
        raise UnservedError(word("missing", language, names=", ".join(lacking)))
    bound = listening_socket(host, port, language)
    port = bound.getsockname()[1]
    os.environ.update(SETTINGS)
    os.environ["SIMCOMUNITA_APP_LANGUAGE"] = chosen or ""
    import uvicorn

    from simcomunita.app import desk, filming
    from simcomunita.app.asking import usual_questions
    from simcomunita.app.assumptions import assumptions
    from simcomunita.app.pages import telling
    from simcomunita.app.server import workshop

    # A computer that is busy simulating may be slow to answer; that is no reason to hang up.
    config = uvicorn.Config(
        workshop, log_level="warning", ws_max_size=MOST_BYTES, ws_ping_timeout=120.0, timeout_graceful_shutdown=3
    )
    server = uvicorn.Server(config)
    for line in invitations(host, port, chosen):
        print(line, flush=True)
    start = f"http://{_here(host)}:{port}/"
    if projector := open_room(host, port):
        start = projector
        print(word("projector", language, address=projector), flush=True)
    print(word("stop", language), file=sys.stderr, flush=True)
    if browser:
        _open_when_ready(start)
    # What the page reads of the study is read while nobody waits for it.
    for read in (telling.project_end, assumptions):
        threading.Thread(target=read, name="study", daemon=True).start()
    desk.DESK.warm(usual_questions())
    with closing(desk.DESK), closing(filming.FILMS):
        server.run(sockets=[bound])


def open_room(host: str, port: int) -> str:
    """Open a room where others are let in, and return the projector's own address; empty, where nobody else comes."""
    if _is_loopback(host):
        return ""
    room = DOORS.open(_joining(host, port))
    return f"http://{_here(host)}:{port}/projector/{room.token}"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _here(host: str) -> str:
    """Return the address at which this computer itself reaches the workshop."""
    return "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host


def _joining(host: str, port: int) -> str:
    """Return the address at which phones of this network reach the workshop."""
    reachable = addresses() if host in EVERYWHERE else []
    return f"http://{reachable[0] if reachable else _here(host)}:{port}"


def _open_when_ready(address: str) -> None:
    import webbrowser

    threading.Timer(1.5, webbrowser.open, [address]).start()
