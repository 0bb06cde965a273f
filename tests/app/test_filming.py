from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from pathlib import Path
from typing import Any

import pytest

from simcomunita.app.choices import Choice
from simcomunita.app.filming import Films
from simcomunita.app.funding import standard_study
from tests.app.invented import invented


def one(*arguments: Any) -> Any:
    """A film that tells how often it was made, in the folder that is funded."""
    folder = Path(arguments[1][0])
    (folder / str(len(list(folder.iterdir())))).touch()
    time.sleep(0.1)
    if (folder / "broken").exists():
        raise ZeroDivisionError("no film")
    if (folder / "deadly").exists():
        import os

        (folder / "deadly").unlink()
        os._exit(3)
    return invented()


def stopping(study: Any, *more: object) -> Any:
    """How soon people stop in the study that is filmed."""
    return study.history.parameters.commitment.stopping


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


@pytest.fixture(scope="module")
def films(folder: Path) -> Iterator[Films]:
    made = Films(study=None, fund=lambda choice: (str(folder / str(choice["facilitators"])),), film=one, most_kept=2)
    yield made
    made.close()


def wanted(folder: Path, number: int) -> tuple[Choice, Path]:
    there = folder / str(number)
    there.mkdir(exist_ok=True)
    return Choice.of(facilitators=number), there


def test_a_film_is_lived_under_what_is_assumed_and_kept_apart_from_others() -> None:
    made = Films(fund=lambda choice: (), film=stopping)
    try:
        found = [made.wait(Choice(), threading.Event(), assumed) for assumed in ((("commitment.stopping", 0.05),), ())]
    finally:
        made.close()
    assert found == [0.05, standard_study().history.parameters.commitment.stopping]
    assert found[0] != found[1]


def test_what_two_ask_for_is_made_once(films: Films, folder: Path) -> None:
    choice, there = wanted(folder, 1)
    found: list[Any] = []
    both = [threading.Thread(target=lambda: found.append(films.wait(choice, threading.Event()))) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert found[0] is found[1] is films.wait(choice, threading.Event())
    assert len(list(there.iterdir())) == 1


def test_who_does_not_wait_any_more_gets_nothing(films: Films, folder: Path) -> None:
    choice, _ = wanted(folder, 2)
    gone = threading.Event()
    gone.set()
    assert films.wait(choice, gone) is None


def test_a_film_that_breaks_is_told_and_can_be_tried_again(films: Films, folder: Path) -> None:
    choice, there = wanted(folder, 3)
    (there / "broken").touch()
    with pytest.raises(ZeroDivisionError, match="no film"):
        films.wait(choice, threading.Event())
    (there / "broken").unlink()
    assert films.wait(choice, threading.Event()) is not None


def test_a_process_that_dies_is_replaced(films: Films, folder: Path) -> None:
    choice, there = wanted(folder, 4)
    (there / "deadly").touch()
    with pytest.raises(BrokenExecutor):
        films.wait(choice, threading.Event())
    assert films.wait(choice, threading.Event()) is not None


def endless(*arguments: Any) -> Any:
    """A film that is never ready, and whose process can be told."""
    import os

    (Path(arguments[1][0]) / "process").write_text(str(os.getpid()))
    time.sleep(600)


def test_closing_ends_a_film_that_is_being_made_and_its_process(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    films = Films(fund=lambda choice: (str(tmp_path),), film=endless)
    broken: list[BaseException] = []

    def wait() -> None:
        try:
            films.wait(Choice.of(facilitators=1), threading.Event())
        except (BrokenExecutor, CancelledError) as error:
            broken.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    written = tmp_path / "process"
    while waiting.is_alive() and not (written.exists() and written.read_text()):
        time.sleep(0.05)
    process = psutil.Process(int(written.read_text()))
    films.close()
    waiting.join(60)
    assert len(broken) == 1
    process.wait(60)


def test_no_more_films_are_kept_than_there_is_room_for(films: Films, folder: Path) -> None:
    for number in (5, 6, 7):
        films.wait(wanted(folder, number)[0], threading.Event())
    films.wait(wanted(folder, 5)[0], threading.Event())
    assert len(list((folder / "5").iterdir())) == 2
