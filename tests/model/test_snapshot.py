from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

import simcomunita
from simcomunita.model import CommunityModel


@pytest.fixture
def kept(make, tmp_path):
    model = make().advance_to("2016-04")
    model.keep(tmp_path / "kept.npz")
    return model, tmp_path / "kept.npz"


def test_another_version_is_refused(kept, monkeypatch):
    model, path = kept
    monkeypatch.setattr(simcomunita, "__version__", "99.0")
    with pytest.raises(ValueError, match=r"this is 99\.0"):
        CommunityModel.resume(path, model.setting)


def test_another_configuration_is_refused(kept):
    model, path = kept
    other = dataclasses.replace(model.setting, policies=())
    with pytest.raises(ValueError, match="another configuration"):
        CommunityModel.resume(path, other)


@pytest.mark.parametrize("keep", [0, 10, 2000])
def test_a_damaged_file_is_refused(kept, keep):
    model, path = kept
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match="no kept model"):
        CommunityModel.resume(path, model.setting)


def test_a_file_that_would_run_code_is_refused(kept):
    model, path = kept
    np.savez(path, header=np.array([object()], dtype=object))
    with pytest.raises(ValueError, match="no kept model"):
        CommunityModel.resume(path, model.setting)


def test_a_missing_file_is_said_to_be_missing(make, tmp_path):
    with pytest.raises(FileNotFoundError):
        CommunityModel.resume(tmp_path / "none.npz", make().setting)


def test_keeping_leaves_no_half_file_when_the_disk_fails(kept, tmp_path, monkeypatch):
    model, path = kept
    before = path.read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space"):
        model.keep(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["kept.npz"]


def test_a_kept_file_names_what_wrote_it(kept):
    model, path = kept
    with np.load(path, allow_pickle=False) as file:
        header = json.loads(str(file["header"]))
    assert header["version"] == simcomunita.__version__
    assert header["configuration"] == model.setting.configuration_hash
    assert (header["seed"], header["scale"]) == (1, 0.05)
