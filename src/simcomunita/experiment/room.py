"""Whether a plan finds room in memory and on the disk, asked before anything is run.

What a plan needs is estimated from below, so that only what surely does not fit is refused. Nothing is said where it
is not known: of a model of one's own, or on a system that does not tell how much memory is free.

Measured with `facilitators_8_vs_0` (107 months, 138 measures, two scenarios) in processes of their own that lived one
whole task each, past and future in memory at once (largest resident memory, `VmHWM`): 322, 359 and 409 MiB with 6,674,
33,369 and 66,737 residents, a line within 2 MiB: 1.5 kB a resident beyond 312 MiB. Of these, 217 stood there before
anything was grown: imports, which processes share or this one has already, and which are not counted. A part file took
3.5 bytes a number with the fewest residents, 4.2 with the most.
"""

from __future__ import annotations

import math
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from simcomunita.experiment.plan import ExperimentError, Plan, community_model

if TYPE_CHECKING:
    from simcomunita.experiment.plan import Task
    from simcomunita.experiment.wording import Language

PROCESS_BYTES = 100e6
"""Memory of a process before its first resident, beyond its imports: mostly machine code."""
RESIDENT_BYTES = 1.5e3
"""Memory of a resident, of past and future together, at its peak."""
NUMBER_BYTES = 8 * 2
"""Memory of the process that gathers, for each number of the series: as it arrived, and in the table of all."""
KEPT_BYTES = 3.0 * 2
"""Disk for each number of the series: in a part, and in the table of all."""
LEAST_DISK = 10e6
"""Under this many bytes nothing is foretold: block sizes matter more, and a full disk is told when it is met."""

_PROC, _CGROUPS = Path("/proc"), Path("/sys/fs/cgroup")


class NoRoomError(ExperimentError):
    """A plan needs more memory or disk than there is; `texts` says it in each language."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__(texts["en"])
        self.texts = texts


_TEXTS = {
    "one process": {
        "en": "{residents} residents need about {needed} of memory, and {free} are free. {mend}",
        "it": "{residents} residenti richiedono circa {needed} di memoria, e ne sono liberi {free}. {mend}",
    },
    "processes": {
        "en": "{workers} processes of {residents} residents each need about {needed} of memory, and {free} are free. "
        "{mend}",
        "it": "{workers} processi con {residents} residenti ciascuno richiedono circa {needed} di memoria, e ne sono "
        "liberi {free}. {mend}",
    },
    "fewer workers": {
        "en": "Use --workers {fit}, or a smaller --scale.",
        "it": "Usare --workers {fit}, oppure --scale più piccolo.",
    },
    "smaller scale": {
        "en": "Use a smaller --scale.",
        "it": "Usare --scale più piccolo.",
    },
    "gathered": {
        "en": "The results of {runs} runs need about {needed} of memory, and {free} are free. "
        "Use fewer seeds, draws or scenarios.",
        "it": "I risultati di {runs} simulazioni richiedono circa {needed} di memoria, e ne sono liberi {free}. "
        "Usare meno ripetizioni, estrazioni o scenari.",
    },
    "disk": {
        "en": "{folder}: the results of {runs} runs need about {needed} on the disk, and {free} are free. "
        "Name another folder with --out, make room, or use fewer seeds.",
        "it": "{folder}: i risultati di {runs} simulazioni richiedono circa {needed} su disco, e ne sono liberi "
        "{free}. Indicare un'altra cartella con --out, fare spazio, oppure usare meno ripetizioni.",
    },
    "nothing": {"en": "Nothing was run.", "it": "Non è stato eseguito nulla."},
}


def check_room(plan: Plan, workers: int, out: Path | None) -> None:
    """Refuse a plan that surely needs more memory or disk than is free.

    Parameters
    ----------
    plan
        What is to be run.
    workers
        How many processes of this machine live a task at a time; 0 where others do it.
    out
        The folder for results, if they are kept.

    Raises
    ------
    NoRoomError
        If it does. Nothing was written.
    """
    if plan.make_model is not community_model:
        return
    missing = [task for task in plan.tasks if not (out and _kept(out, task))]
    if missing:
        _check_workers(plan, min(workers, len(missing)))
    # With a precision, as few as its least may be enough: only these are sure.
    tasks = len(plan.tasks) if plan.stopping is None else min(len(plan.tasks), plan.stopping.wanted(()))
    _check_results(plan, tasks, min(tasks, len(missing)), out)


def memory_needed(residents: float, workers: int) -> float:
    """Bytes that so many processes hold at their peak, each with so many residents."""
    return workers * (PROCESS_BYTES + RESIDENT_BYTES * residents)


def _check_workers(plan: Plan, workers: int) -> None:
    free = free_memory()
    residents = plan.scale * plan.study.history.territory.residents
    needed = memory_needed(residents, workers)
    if free is None or needed <= free:
        return
    fit = max(int(free // memory_needed(residents, 1)), 0)
    _refuse(
        "one process" if workers == 1 else "processes",
        "fewer workers" if fit else "smaller scale",
        needed,
        free,
        workers=workers,
        residents=residents,
        fit=fit,
    )


def _check_results(plan: Plan, tasks: int, missing: int, out: Path | None) -> None:
    from simcomunita.outcomes import MEASURES

    study = plan.study
    measures = len(study.kept) or len(MEASURES)
    numbers_a_task = len(study.scenarios) * (study.until - study.history.start + 1) * measures
    runs = tasks * len(study.scenarios)
    free, needed = free_memory(), float(NUMBER_BYTES * numbers_a_task * tasks)
    if free is not None and needed > free:
        _refuse("gathered", None, needed, free, runs=runs)
    if out is None:
        return
    with suppress(OSError):
        room = shutil.disk_usage(next(at for at in (out, *out.absolute().parents) if at.exists())).free
        needed = KEPT_BYTES / 2 * numbers_a_task * (tasks + missing)
        if needed > max(room, LEAST_DISK):
            _refuse("disk", None, needed, room, runs=runs, folder=out)


def _refuse(what: str, mend: str | None, needed: float, free: float, **values: object) -> None:
    from simcomunita.experiment.wording import LANGUAGES, number

    texts: dict[str, str] = {}
    for lang in LANGUAGES:
        said = {k: number(v, 0, lang) if isinstance(v, int | float) else v for k, v in values.items()}
        said |= {"needed": _size(needed, lang), "free": _size(free, lang)}
        said["mend"] = _TEXTS[mend][lang].format(**said) if mend else ""
        texts[lang] = f"{_TEXTS[what][lang].format(**said)} {_TEXTS['nothing'][lang]}"
    raise NoRoomError(texts)


def _size(amount: float, lang: Language) -> str:
    """Write bytes as GB or MB, as a language writes numbers."""
    from simcomunita.experiment.wording import number

    large = amount >= 1e9
    return f"{number(amount / (1e9 if large else 1e6), 1 if large else 0, lang)} {'GB' if large else 'MB'}"


def _kept(out: Path, task: Task) -> bool:
    from simcomunita.experiment.parts import part_path

    with suppress(OSError):
        return part_path(out, task).is_file()
    return False


# -- how much memory is free --------------------------------------------------


def free_memory() -> float | None:
    """Bytes that new processes can have, swap included; within the limit of a container. ``None`` if not known."""
    machine = _free_of_the_machine()
    limits = [free for free in (machine, _free_of_the_container()) if free is not None]
    return min(limits) if limits else None


def _free_of_the_machine() -> float | None:
    try:
        told = dict(re.findall(r"^(\w+):\s+(\d+) kB$", (_PROC / "meminfo").read_text(), re.MULTILINE))
        return 1024.0 * (int(told["MemAvailable"]) + int(told.get("SwapFree", 0)))
    except (OSError, KeyError, ValueError):
        pass
    try:  # elsewhere only the whole is known
        return float(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    except (AttributeError, OSError, ValueError):
        return None


def _free_of_the_container() -> float | None:
    """What control groups leave, of either version; files that are read into memory count as free."""
    free = math.inf
    with suppress(OSError, ValueError):
        for line in (_PROC / "self" / "cgroup").read_text().splitlines():
            _, kinds, path = line.split(":", 2)
            if kinds and "memory" not in kinds.split(","):
                continue
            root = _CGROUPS / "memory" if kinds else _CGROUPS
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes") if kinds else ("memory.max", "memory.current")
            here = root / path.lstrip("/")
            for at in (here, *here.parents):
                if not at.is_relative_to(root):
                    break
                free = min(free, _left(at, *names))
    return free if math.isfinite(free) else None


def _left(group: Path, most: str, used: str) -> float:
    try:
        limit = float((group / most).read_text())  # "max" is no number
        files = re.search(r"^(?:total_)?inactive_file (\d+)$", (group / "memory.stat").read_text(), re.MULTILINE)
        return max(limit - float((group / used).read_text()) + (float(files[1]) if files else 0.0), 0.0)
    except (OSError, ValueError):
        return math.inf
