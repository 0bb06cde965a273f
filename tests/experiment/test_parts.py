from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_community import FakeStudy, fake_model

from simcomunita.experiment.branching import Part, follow
from simcomunita.experiment.comparison import Comparison
from simcomunita.experiment.parts import PartStore
from simcomunita.experiment.plan import ExperimentError, Identity, Plan
from simcomunita.experiment.running import run_plan

PLAN = Plan.of(FakeStudy(), 3, make_model=fake_model)
FIRST = PLAN.tasks[0]
TABLES = ("runs.parquet", "series.parquet", "comparison.csv", "comparison.png")


def part() -> Part:
    found = follow(PLAN, FIRST)
    assert isinstance(found, Part)
    return found


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_part_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    kept = part()
    odd = dict(kept.runs["none"].outcomes, active_now=0.1 + 0.2, isolated_share=float("nan"))
    kept = replace(kept, runs={**kept.runs, "none": replace(kept.runs["none"], outcomes=odd)})
    store = PartStore.open(tmp_path, PLAN.identity)
    store.keep(kept)
    back = store.taken_up(PLAN.tasks)[FIRST]
    assert list(back.runs) == list(kept.runs)
    for name, run in kept.runs.items():
        np.testing.assert_equal(back.runs[name].outcomes, run.outcomes)
        assert list(back.runs[name].series) == list(run.series)
        for column, values in run.series.items():
            np.testing.assert_array_equal(back.runs[name].series[column], values)


def test_parts_of_other_code_are_not_taken_up_and_not_refused(tmp_path: Path) -> None:
    older = replace(PLAN.identity, version="0.0.9", code="0" * 16)
    PartStore.open(tmp_path, older).keep(part())
    store = PartStore.open(tmp_path, PLAN.identity)
    assert store.taken_up(PLAN.tasks) == {}
    assert store.outdated(PLAN.tasks, 0) == 1
    store.keep(part())
    assert list(store.taken_up(PLAN.tasks)) == [FIRST]


@pytest.mark.parametrize("spoilt", [b"", b"PAR1", b"rubbish" * 100])
def test_a_spoilt_part_is_run_again(tmp_path: Path, spoilt: bytes) -> None:
    store = PartStore.open(tmp_path, PLAN.identity)
    store.keep(part())
    store.path(FIRST).write_bytes(spoilt)
    assert store.taken_up(PLAN.tasks) == {}


def test_a_part_that_was_cut_anywhere_or_grew_is_run_again(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path, PLAN.identity)
    store.keep(part())
    whole = store.path(FIRST).read_bytes()
    for changed in (*(whole[:length] for length in range(0, len(whole), 97)), whole[:-1], whole + b"\0"):
        store.path(FIRST).write_bytes(changed)
        assert store.taken_up(PLAN.tasks) == {}, len(changed)


def test_a_byte_that_changed_anywhere_in_a_part_is_found(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path, PLAN.identity)
    store.keep(part())
    whole = store.path(FIRST).read_bytes()
    for at in (*range(0, len(whole), 41), len(whole) - 1):
        store.path(FIRST).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert store.taken_up(PLAN.tasks) == {}, at
    store.path(FIRST).write_bytes(whole)
    assert list(store.taken_up(PLAN.tasks)) == [FIRST]


def test_a_spoilt_part_costs_its_own_seed_and_leaves_no_trace_in_the_results(tmp_path: Path) -> None:
    def results(where: Path) -> dict[str, bytes]:
        ensemble = run_plan(PLAN, 1, PartStore.open(where, PLAN.identity))
        taken.append(ensemble.taken_up)
        Comparison.of(ensemble).save(where)
        return {name: file for name, file in snapshot(where).items() if name in TABLES}

    taken: list[int] = []
    undisturbed = results(tmp_path / "undisturbed")
    assert len(undisturbed) == len(TABLES)
    where = tmp_path / "disturbed"
    results(where)
    path = PartStore.open(where, PLAN.identity).path(FIRST)
    middle = path.stat().st_size // 2
    path.write_bytes(path.read_bytes()[:middle] + b"\xff" + path.read_bytes()[middle + 1 :])
    assert results(where) == undisturbed
    assert taken == [0, 0, 2]


def test_a_part_of_another_study_that_was_copied_in_is_run_again(tmp_path: Path) -> None:
    other = PartStore.open(tmp_path / "other", replace(PLAN.identity, study="another"))
    other.keep(part())
    store = PartStore.open(tmp_path / "mine", PLAN.identity)
    shutil.copy(other.path(FIRST), store.path(FIRST))
    assert store.taken_up(PLAN.tasks) == {}


@pytest.mark.parametrize("destroyed", [b"", b"rubbish", b"[]", b'{"study": "fake"}', None])
def test_where_the_identity_is_destroyed_the_parts_tell_of_what_they_are(
    tmp_path: Path, destroyed: bytes | None
) -> None:
    store = PartStore.open(tmp_path, PLAN.identity)
    store.keep(part())
    file = tmp_path / "parts" / "identity.json"
    if destroyed is None:
        file.unlink()
    else:
        file.write_bytes(destroyed)
    before = snapshot(tmp_path)
    with pytest.raises(ExperimentError, match='"fake", not of "another"'):
        PartStore.open(tmp_path, replace(PLAN.identity, study="another"))
    assert snapshot(tmp_path) == before
    assert list(PartStore.open(tmp_path, PLAN.identity).taken_up(PLAN.tasks)) == [FIRST]
    assert Identity(**json.loads(file.read_text())) == PLAN.identity


def test_a_part_under_another_seeds_name_is_not_believed(tmp_path: Path) -> None:
    store = PartStore.open(tmp_path, PLAN.identity)
    store.keep(part())
    store.path(FIRST).rename(store.path(PLAN.tasks[1]))
    assert store.taken_up(PLAN.tasks) == {}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"study": "another"}, '"another", not of "fake"'),
        ({"configuration_hash": "0" * 64}, "another configuration"),
        ({"scale": 0.5}, "at scale 0.5, not 1"),
    ],
)
def test_a_folder_of_another_study_is_refused_and_stays_as_it_is(
    tmp_path: Path, other: dict[str, object], said: str
) -> None:
    PartStore.open(tmp_path, replace(PLAN.identity, **other)).keep(part())  # type: ignore[arg-type]
    before = snapshot(tmp_path)
    with pytest.raises(ExperimentError, match=said):
        PartStore.open(tmp_path, PLAN.identity)
    assert snapshot(tmp_path) == before


def test_results_of_which_nothing_tells_where_they_come_from_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "comparison.csv").write_text("years of work")
    with pytest.raises(ExperimentError, match=r"comparison.csv.*nothing tells"):
        PartStore.open(tmp_path, PLAN.identity)
    assert snapshot(tmp_path) == {"comparison.csv": b"years of work"}


def test_a_provenance_that_is_not_ours_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "provenance.json").write_text(json.dumps({"painting": "bought in 1912"}))
    with pytest.raises(ExperimentError, match=r"provenance.json.*nothing tells"):
        PartStore.open(tmp_path, PLAN.identity)


def test_other_files_of_the_user_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    PartStore.open(tmp_path, PLAN.identity).keep(part())
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExperimentError, match="cannot be written"):
        PartStore.open(tmp_path / "file" / "out", PLAN.identity)
    with pytest.raises(ExperimentError, match="cannot be written"):
        PartStore.open(tmp_path / "file", PLAN.identity)


def test_an_identity_survives_its_file() -> None:
    assert Identity(**json.loads(json.dumps(PLAN.identity.as_dict()))) == PLAN.identity
