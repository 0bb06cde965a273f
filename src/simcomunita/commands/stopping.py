"""Ctrl-C: heard at once, and never lost.

A KeyboardInterrupt that is raised while compiled code returns can be swallowed or turned into another error. So the
signal is also noted: progress asks whether somebody wants to stop, and so does the end of a command. A second
Ctrl-C ends the process at once; what is kept is always whole, because files are written aside and renamed.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from simcomunita.commands.answering import STOPPED


class _Wish:
    """Whether Ctrl-C was pressed."""

    heard = False


def heed() -> None:
    """Stop here if somebody pressed Ctrl-C.

    Raises
    ------
    KeyboardInterrupt
        If so.
    """
    if _Wish.heard:
        raise KeyboardInterrupt


@contextmanager
def listening() -> Iterator[None]:
    """Listen for Ctrl-C while something goes on; whatever comes of it, end with KeyboardInterrupt if it was
    pressed.
    """

    def hear(_signal: int, _frame: FrameType | None) -> None:
        if _Wish.heard:
            os._exit(STOPPED)
        _Wish.heard = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield
    except (Exception, SystemExit):
        heed()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    heed()
