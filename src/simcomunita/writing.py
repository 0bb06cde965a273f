"""Files that are whole or not there, whatever happens while they are written.

Every file is written aside and flushed to the disk before it gets its name. Files that belong together are all written
aside before the first gets its name, and the last to get it says that all of them are there. So a disk that is full,
Ctrl-C or a power cut leaves what was there before, or what was to come.

A process that is killed leaves what it had written aside, under a hidden name with its number in it; `clear` takes
that away once the process is gone.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_FULL = (errno.ENOSPC, errno.EDQUOT)


_ASIDE = re.compile(r"\.(?P<name>.+)\.(?P<process>\d{1,9})\.(?P<kind>tmp|old)")


class UnwrittenError(OSError):
    """Something could not be written; nothing half-written was left."""

    def __init__(self, path: Path, why: OSError, needed: int = 0) -> None:
        super().__init__(why.errno, why.strerror or str(why), str(path))
        self.path, self.needed = path, needed

    def __str__(self) -> str:
        return f"{self.path}: cannot be written ({self.strerror}){self._lacking()}."

    def _lacking(self) -> str:
        if not self.needed or self.errno not in _FULL:
            return ""
        said = f": {size(self.needed)} {'is' if self.needed < 1500 else 'are'} needed"
        try:
            free = shutil.disk_usage(_nearest(self.path)).free
        except OSError:
            return said
        # A quota may bind, or a block be rounded up: free space that would do explains nothing.
        return f"{said}, {size(free)} free" if free < self.needed else said


def size(number: int) -> str:
    """Write a number of bytes as ``1 kB`` or ``3.4 MB``."""
    return f"{number / 1e6:,.1f} MB" if number >= 999_500 else f"{-(-number // 1000):,} kB"


def write_file(path: Path, content: bytes) -> None:
    """Write one file, or leave everything as it was.

    Raises
    ------
    UnwrittenError
        If the disk does not take it.
    """
    write_together(path.parent, {path.name: content})


def write_together(directory: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together, by name; the last one says that all are there. Or leave all as it was.

    Raises
    ------
    UnwrittenError
        If the disk does not take them.
    """
    aside = {name: directory / f".{name}.{os.getpid()}.tmp" for name in files}
    at = directory
    try:
        for name, content in files.items():
            at = directory / name
            if at.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            _write(aside[name], content)
        with _alone(directory):
            _place(directory, aside)
    except OSError as error:
        raise UnwrittenError(at, error, sum(map(len, files.values()))) from error
    finally:
        for path in aside.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)


def clear(directory: Path, names: re.Pattern[str]) -> None:
    """Take away what processes that are gone had written aside in a folder, for files of these names.

    What was there before stays, if the file that was to come did not get its name.
    """
    if sys.platform == "win32":
        return  # whether a process is there cannot be asked harmlessly
    with suppress(OSError):
        for left in list(directory.iterdir()):
            found = _ASIDE.fullmatch(left.name)
            if found is None or names.fullmatch(found["name"]) is None or _lives(int(found["process"])):
                continue
            if found["kind"] == "old" and not (directory / found["name"]).exists():
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                with suppress(OSError):
                    left.unlink()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # somebody else's
    return True


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder with its files: it appears under its name with all of them, or not at all.

    Raises
    ------
    UnwrittenError
        If the disk does not take it, or something stands there already that is no empty folder.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with folder(path.parent):
            clear(path.parent, re.compile(re.escape(path.name)))
            try:
                aside.mkdir()
                for name, content in files.items():
                    _write(aside / name, content)
                _flush_folder(aside)
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()  # only an empty one goes
                aside.rename(path)
                _flush_folder(path.parent)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
    except UnwrittenError:
        raise
    except OSError as error:
        raise UnwrittenError(path, error, sum(map(len, files.values()))) from error


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _place(directory: Path, aside: Mapping[str, Path]) -> None:
    *others, last = aside
    if not others:
        aside[last].replace(directory / last)
        _flush_folder(directory)
        return
    older: dict[str, Path] = {}
    placed: list[Path] = []
    try:
        for name in (last, *others):  # what says that all are there goes first and comes last
            if (directory / name).exists():
                kept = directory / f".{name}.{os.getpid()}.old"
                (directory / name).replace(kept)
                older[name] = kept
        for name in aside:
            aside[name].replace(directory / name)
            placed.append(directory / name)
        _flush_folder(directory)
    except BaseException:
        for path in reversed(placed):
            path.unlink(missing_ok=True)
        for name, kept in reversed(older.items()):
            kept.replace(directory / name)
        raise
    for kept in older.values():
        with suppress(OSError):
            kept.unlink()


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Keep other processes from placing their files among ours."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(directory, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders lock nothing
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def folder(path: Path) -> Iterator[None]:
    """Make a folder and those above it; if what follows fails, those that were made and are empty go again.

    Raises
    ------
    UnwrittenError
        If it cannot be made.
    """
    made: list[Path] = []
    try:
        try:
            made += [at for at in (path, *path.parents) if not at.exists()]
            path.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            error = NotADirectoryError(errno.ENOTDIR, "there is a file or a broken link of that name, no folder")
            raise UnwrittenError(path, error) from None
        except OSError as error:
            raise UnwrittenError(path, error) from error
        yield
    except BaseException:
        for at in made:
            with suppress(OSError):
                at.rmdir()
        raise


def _nearest(path: Path) -> Path:
    return next((at for at in (path, *path.parents) if at.exists()), Path())
