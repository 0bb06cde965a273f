"""Ctrl-C is heard even where compiled code swallows it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys

import pytest

from simcomunita.commands import stopping


@pytest.fixture(autouse=True)
def nobody_has_pressed(monkeypatch):
    monkeypatch.setattr(stopping._Wish, "heard", False)


def press():
    os.kill(os.getpid(), signal.SIGINT)


def listen_while(work):
    with stopping.listening():
        work()


def swallow():
    with contextlib.suppress(KeyboardInterrupt):
        press()


def go_on():
    swallow()
    stopping.heed()


def become_another_error():
    try:
        press()
    except KeyboardInterrupt:
        raise SystemError("returned a result with an exception set") from None


def end_well():
    swallow()
    sys.exit(0)


@pytest.mark.parametrize("work", [press, swallow, go_on, become_another_error, end_well])
def test_an_interrupt_stays_one_whatever_becomes_of_it(work):
    with pytest.raises(KeyboardInterrupt):
        listen_while(work)


def test_without_it_nothing_is_raised_and_errors_stay_what_they_are():
    with stopping.listening():
        stopping.heed()
    with pytest.raises(ZeroDivisionError):
        listen_while(lambda: 1 / 0)


def test_a_second_one_ends_at_once_with_130():
    script = (
        "import os, signal\n"
        "from simcomunita.commands.stopping import listening\n"
        "with listening():\n"
        "    for _ in range(2):\n"
        "        try:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "        except KeyboardInterrupt:\n"
        "            pass\n"
        "    print('went on')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
