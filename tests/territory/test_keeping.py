from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita.network import Ties
from simcomunita.territory import grow, grown, keep_population, read_kept_population, read_territory


def test_a_kept_population_is_the_same_bit_for_bit(valley: Path, tmp_path: Path) -> None:
    territory = read_territory(valley)
    one = grow(territory, 5, 0.5)
    path = keep_population(one, tmp_path / "kept.npz", territory)
    two = read_kept_population(path, territory, 5, 0.5)
    for field in fields(one):
        a, b = getattr(one, field.name), getattr(two, field.name)
        if isinstance(a, np.ndarray):
            assert a.dtype == b.dtype
            assert a.tobytes() == b.tobytes()
    for name in (*Ties.COLUMNS, "up", "down", "down_edge"):
        assert getattr(one.ties, name).tobytes() == getattr(two.ties, name).tobytes()
    assert one.organisations.names == two.organisations.names
    assert one.organisations.partnerships.tobytes() == two.organisations.partnerships.tobytes()
    for name in ("school", "work", "association"):
        assert getattr(one, name).focus_of.tobytes() == getattr(two, name).focus_of.tobytes()
        assert getattr(one, name).n_foci == getattr(two, name).n_foci
    assert (one.municipalities, one.seed, one.scale) == (two.municipalities, two.seed, two.scale)


def test_another_seed_scale_month_or_territory_is_refused(valley: Path, tmp_path: Path) -> None:
    territory = read_territory(valley)
    path = keep_population(grow(territory, 5, 0.2), tmp_path / "kept.npz", territory)
    with pytest.raises(ValueError, match="kept with seed 5; expected 6"):
        read_kept_population(path, territory, 6, 0.2)
    with pytest.raises(ValueError, match="scale"):
        read_kept_population(path, territory, 5, 0.3)
    with pytest.raises(ValueError, match="month"):
        read_kept_population(path, territory, 5, 0.2, month=24200)
    with pytest.raises(ValueError, match="territory"):
        read_kept_population(path, replace(territory, content_hash="0" * 64), 5, 0.2)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 rubbish", b"\x93NUMPY rubbish", b"hello"])
def test_rubbish_is_refused(content: bytes, valley: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="no kept population"):
        read_kept_population(path, read_territory(valley), 1)


def test_a_single_array_is_refused(valley: Path, tmp_path: Path) -> None:
    with (tmp_path / "kept.npz").open("wb") as out:
        np.save(out, np.arange(3))
    with pytest.raises(ValueError, match="no kept population"):
        read_kept_population(tmp_path / "kept.npz", read_territory(valley), 1)


def test_pickled_objects_are_refused(valley: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.npz"
    np.savez(path, about=np.array([{"form": 1}], dtype=object))
    with pytest.raises(ValueError, match="no kept population"):
        read_kept_population(path, read_territory(valley), 1)


def test_a_damaged_file_is_grown_anew(valley: Path, tmp_path: Path) -> None:
    territory = read_territory(valley)
    first = grown(territory, 1, 0.2, tmp_path / "kept")
    (file,) = (tmp_path / "kept").iterdir()
    file.write_bytes(file.read_bytes()[:1000])
    again = grown(territory, 1, 0.2, tmp_path / "kept")
    assert first.ties.strength.tobytes() == again.ties.strength.tobytes()
    assert [f.name for f in (tmp_path / "kept").iterdir()] == [file.name]
    read_kept_population(file, territory, 1, 0.2)


def test_what_is_kept_is_not_grown_again(valley: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    territory = read_territory(valley)
    grown(territory, 1, 0.2, tmp_path)

    def never(*_: object) -> None:
        raise AssertionError("grown again")

    monkeypatch.setattr("simcomunita.territory.keeping.grow", never)
    assert len(grown(territory, 1, 0.2, tmp_path)) == 840
