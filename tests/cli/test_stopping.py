"""Ctrl-C is heard even where compiled code swallows it."""

from __future__ import annotations

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


def test_an_interrupt_that_was_swallowed_is_raised_again():
    with pytest.raises(KeyboardInterrupt), stopping.listening():
        try:
            press()
        except KeyboardInterrupt:
            pass
        stopping.heed()


def test_an_interrupt_that_became_another_error_is_an_interrupt_still():
    with pytest.raises(KeyboardInterrupt), stopping.listening():
        try:
            press()
        except KeyboardInterrupt:
            raise SystemError("returned a result with an exception set") from None


def test_a_command_that_ended_well_in_spite_of_it_still_counts_as_stopped():
    with pytest.raises(KeyboardInterrupt), stopping.listening():
        try:
            press()
        except KeyboardInterrupt:
            pass
        sys.exit(0)


def test_without_it_nothing_is_raised_and_errors_stay_what_they_are():
    with stopping.listening():
        stopping.heed()
    with pytest.raises(ValueError, match="mine"), stopping.listening():
        raise ValueError("mine")


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
