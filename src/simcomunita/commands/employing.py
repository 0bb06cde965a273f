"""Who does the work of a command: processes of this computer, or the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from simcomunita.commands.answering import note
from simcomunita.commands.saying import said
from simcomunita.compiled import to_be_compiled

if TYPE_CHECKING:
    from simcomunita.experiment.cluster import Cluster
    from simcomunita.experiment.wording import Language


@contextmanager
def employing(workers: int, cluster: str | None, language: Language) -> Iterator[int | Cluster]:
    """Give a number of processes, or a cluster that was found to be fit for the work.

    Raises
    ------
    ExperimentError
        If the cluster cannot be reached or is not fit.
    """
    if cluster is None:
        if to_be_compiled():
            note(said("compiling", language))
        yield workers
        return
    from simcomunita.experiment.cluster import connected

    with connected(cluster, lambda key, **values: note(said(key, language, **values))) as found:
        yield found


def employed(workers: int | Cluster, tasks: int, language: Language) -> str:
    """Say who does the work, as the end of a sentence."""
    if isinstance(workers, int):
        used = min(workers, tasks)
        return said("one process" if used == 1 else "processes", language, workers=used)
    there = workers.room()
    key = "one worker" if there == 1 else "some workers"
    return said(key, language, workers=there, address=workers.address)
