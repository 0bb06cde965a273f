"""The same seed gives the same numbers, bit for bit, whoever works them out."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from simcomunita.model import CommunityModel

SCRIPT = """
import hashlib, sys
from simcomunita import load_scenario, CommunityModel
model = CommunityModel(load_scenario("project"), seed=7, scale=0.05).advance_to("2016-10")
digest = hashlib.sha256()
for name, column in model.series().items():
    digest.update(name.encode() + column.tobytes())
for column in model.ties.columns:
    digest.update(column.tobytes())
for name in ("stage", "competence", "energy", "trust"):
    digest.update(getattr(model.citizens, name).tobytes())
print(digest.hexdigest())
"""


def digest_of_a_fresh_process(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_threads_and_hash_seeds_change_nothing():
    one = digest_of_a_fresh_process(NUMBA_NUM_THREADS="1", OMP_NUM_THREADS="1", PYTHONHASHSEED="1")
    two = digest_of_a_fresh_process(NUMBA_NUM_THREADS="2", OMP_NUM_THREADS="2", PYTHONHASHSEED="2")
    assert one == two


@pytest.mark.parametrize("month", ["2016-02", "2016-09"])
def test_a_run_that_was_kept_goes_on_bit_for_bit(make, tmp_path, month):
    straight = make().advance_to("2017-03")
    kept = make().advance_to(month)
    kept.keep(tmp_path / "kept.npz")
    resumed = CommunityModel.resume(tmp_path / "kept.npz", kept.setting).advance_to("2017-03")
    for name, column in straight.series().items():
        assert column.tobytes() == resumed.series()[name].tobytes(), name
    for one, other in zip(straight.ties.columns, resumed.ties.columns, strict=True):
        assert one.tobytes() == other.tobytes()


def test_a_branch_that_was_kept_keeps_its_policies(make, study, tmp_path):
    branch = make().advance_to("2019-12").branch(study.scenarios["eight"].policies, "eight")
    branch.advance_to("2020-02").keep(tmp_path / "kept.npz")
    resumed = CommunityModel.resume(tmp_path / "kept.npz", branch.setting)
    assert resumed.name == "eight"
    assert [f.number for f in resumed.facilitators] == [f.number for f in branch.facilitators] != []
    assert resumed.advance_to("2020-06").outcomes() == branch.advance_to("2020-06").outcomes()
