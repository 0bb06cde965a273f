"""Whether what is printed arrives: a reader may have gone, a disk may be full.

What was computed and asked to be kept is kept all the same: commands write files before they print.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

READER_GONE = 141
"""As shells say of a program whose reader has closed the pipe (128 and the number of SIGPIPE)."""
UNWRITABLE = 2


class OutputLostError(Exception):
    """The standard output takes no more. Not an OSError: those are of the files that a command reads or writes."""

    def __init__(self, why: OSError) -> None:
        super().__init__(str(why))
        self.why = why


class Output(io.TextIOWrapper):
    """A standard output whose loss can be told from all other errors."""

    def write(self, text: str) -> int:
        """Write, or say that the output is lost."""
        try:
            return super().write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        """Flush, or say that the output is lost."""
        try:
            super().flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        self._drop()
        raise OutputLostError(error) from error

    def _drop(self) -> None:
        """Let what is still to come go nowhere, so that nothing complains when Python ends."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        with suppress(OSError, ValueError):
            os.dup2(nowhere, self.fileno())
        os.close(nowhere)


class Notes(Output):
    """A standard error: where nobody reads it, the work goes on unwatched."""

    def _lose(self, error: OSError) -> None:
        self._drop()


@contextmanager
def delivering() -> Iterator[None]:
    """Print through streams that can be lost; end without a traceback if the output is."""
    for name, kind in (("stdout", Output), ("stderr", Notes)):
        stream = getattr(sys, name)
        # One that somebody has put in its place is theirs to look after.
        if isinstance(stream, io.TextIOWrapper) and stream is getattr(sys, f"__{name}__"):
            # A terminal without "−" still gets its table.
            encoding, lines = stream.encoding, stream.line_buffering
            wrapped = kind(stream.detach(), encoding, errors="replace", line_buffering=lines)
            setattr(sys, name, wrapped)
            setattr(sys, f"__{name}__", wrapped)
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # here, where it can still be told if it fails
    except OutputLostError as error:
        if error.why.errno == errno.EPIPE:
            sys.exit(READER_GONE)
        print(f"The output cannot be written ({error.why.strerror or error.why}).", file=sys.stderr)
        sys.exit(UNWRITABLE)
