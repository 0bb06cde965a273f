from __future__ import annotations

from pathlib import Path

import pytest

from simcomunita.territory import Population, Territory, grow, read_territory, write_template

REAL = Path(__file__).parents[2] / "configs" / "territories" / "bassa_bresciana_orientale"


@pytest.fixture(scope="session")
def real() -> Territory:
    return read_territory(REAL)


@pytest.fixture(scope="session")
def everybody(real: Territory) -> Population:
    """The real territory at scale 1: never change it."""
    return grow(real, seed=1)


@pytest.fixture
def valley(tmp_path: Path) -> Path:
    """A folder with the template's invented territory, to be changed at will."""
    write_template("valley", tmp_path)
    return tmp_path / "valley"
