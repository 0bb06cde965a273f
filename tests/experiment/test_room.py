"""What surely does not fit is refused before anything is run; nothing is refused where it cannot be known."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from fake_community import FakeStudy, fake_model

from simcomunita.experiment import compare, room
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import ExperimentError, Plan
from simcomunita.experiment.room import NoRoomError, check_room, free_memory, memory_needed
from simcomunita.scenario import load_study
from simcomunita.scenario.scenario import Precision

STUDY = load_study("facilitators_8_vs_0")
PLAN = Plan.of(STUDY, 20)
RESIDENTS = 66_737
MEMINFO = "MemTotal:  9000000 kB\nMemAvailable:  {available} kB\nSwapFree:  1000 kB\n"


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> object:
    """Let so much memory and disk be free."""

    def so_much(memory: float | None = math.inf, disk: float = math.inf) -> None:
        monkeypatch.setattr(room, "free_memory", lambda: memory)
        monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": disk}))

    so_much()
    return so_much


def test_more_workers_than_memory_holds_are_refused_with_how_many_fit(free, tmp_path):
    free(memory=memory_needed(RESIDENTS, 3))
    check_room(PLAN, 3, None)
    with pytest.raises(
        NoRoomError, match=r"4 processes of 66,737 residents each need about .* Use --workers 3, .* Nothing was run"
    ):
        check_room(PLAN, 4, None)


def test_workers_that_would_have_nothing_to_do_need_no_memory(free):
    free(memory=memory_needed(RESIDENTS, 2))
    check_room(Plan.of(STUDY, 2), 8, None)


def test_residents_that_do_not_fit_at_all_are_refused_with_a_smaller_scale(free):
    free(memory=memory_needed(RESIDENTS, 1) - 1)
    with pytest.raises(
        NoRoomError, match=r"^66,737 residents need about .* are free\. Use a smaller --scale"
    ) as refused:
        check_room(PLAN, 1, None)
    check_room(replace(PLAN, scale=0.1), 1, None)
    assert "--scale più piccolo. Non è stato eseguito nulla." in refused.value.texts["it"]
    assert "66.737 residenti" in refused.value.texts["it"]


def test_a_folder_without_room_for_the_results_is_refused_and_not_made(free, tmp_path):
    many = Plan.of(STUDY, 5000)
    free(disk=11e6)
    check_room(many, 1, None)
    out = tmp_path / "a" / "out"
    with pytest.raises(NoRoomError, match=r"out: the results of 10,000 runs need about .* MB on the disk, and 11 MB"):
        check_room(many, 1, out)
    with pytest.raises(ExperimentError, match="Name another folder"):
        compare(STUDY, 5000, out=out)
    assert not list(tmp_path.iterdir())


def test_what_is_kept_already_needs_no_more_room(free, tmp_path):
    many = Plan.of(STUDY, 5000)
    store = PartStore.open(tmp_path, many.identity)
    free(disk=1.5 * room.KEPT_BYTES / 2 * 2 * 107 * 138 * 5000)
    with pytest.raises(NoRoomError):
        check_room(many, 1, tmp_path)
    for task in many.tasks:
        store.path(task).touch()
    check_room(many, 1, tmp_path)


def test_a_small_plan_is_not_foretold_to_fill_the_disk(free, tmp_path):
    free(disk=0.0)
    check_room(replace(PLAN, scale=0.1), 1, tmp_path)


def test_results_that_cannot_be_gathered_in_memory_are_refused(free):
    free(memory=1e9)
    with pytest.raises(NoRoomError, match=r"results of 20,000 runs need .* Use fewer seeds"):
        check_room(Plan.of(STUDY, 10_000, 0.05), 1, None)


def test_of_a_precision_only_the_least_is_sure(free, tmp_path):
    precise = replace(STUDY, precision=Precision("active_now", 0.1, at_most=5000))
    free(disk=11e6)
    check_room(Plan.of(precise), 1, tmp_path)
    with pytest.raises(NoRoomError):
        check_room(Plan.of(precise, 5000), 1, tmp_path)


def test_nothing_is_refused_where_it_cannot_be_known(free, tmp_path):
    free(memory=None)
    check_room(PLAN, 1000, None)
    free(memory=0.0, disk=0.0)
    check_room(Plan.of(FakeStudy(), 20, make_model=fake_model), 1000, tmp_path)


# -- how much is free --


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with 8 GB and a little swap free, whose files stand in a folder."""
    (tmp_path / "proc" / "self").mkdir(parents=True)
    (tmp_path / "proc" / "meminfo").write_text(MEMINFO.format(available=8_000_000))
    monkeypatch.setattr(room, "_PROC", tmp_path / "proc")
    monkeypatch.setattr(room, "_CGROUPS", tmp_path / "cgroup")
    return tmp_path


def limit(group: Path, most: str, used: int, files: int, names: tuple[str, str]) -> None:
    group.mkdir(parents=True)
    (group / names[0]).write_text(f"{most}\n")
    (group / names[1]).write_text(f"{used}\n")
    (group / "memory.stat").write_text(f"anon 5\ninactive_file {files}\n")


def test_free_memory_is_what_the_machine_says_and_its_swap(machine):
    assert free_memory() == 8_001_000 * 1024


def test_a_container_lets_less_be_free_and_files_in_memory_count_as_free(machine):
    (machine / "proc/self/cgroup").write_text("0::/box/inner\n")
    limit(machine / "cgroup/box/inner", "max", 900, 0, ("memory.max", "memory.current"))
    assert free_memory() == 8_001_000 * 1024
    limit_of_box = ("memory.max", "memory.current")
    for name, value in zip(limit_of_box, (1000, 900), strict=True):
        (machine / "cgroup/box" / name).write_text(f"{value}\n")
    (machine / "cgroup/box/memory.stat").write_text("inactive_file 50\n")
    assert free_memory() == 150


def test_containers_of_the_older_kind_are_heard_too(machine):
    (machine / "proc/self/cgroup").write_text("3:cpu:/box\n2:memory:/box\n")
    limit(machine / "cgroup/memory/box", "4096", 96, 0, ("memory.limit_in_bytes", "memory.usage_in_bytes"))
    assert free_memory() == 4000


def test_a_machine_that_tells_nothing_but_its_size_is_believed(machine, monkeypatch):
    (machine / "proc/meminfo").unlink()
    monkeypatch.setattr("os.sysconf", lambda name: {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 1000}[name])
    assert free_memory() == 4_096_000
    monkeypatch.setattr("os.sysconf", lambda name: (_ for _ in ()).throw(ValueError(name)))
    assert free_memory() is None
