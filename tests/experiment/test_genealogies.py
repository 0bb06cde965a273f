"""What a run keeps of who brought whom comes back as it was, and nothing that is damaged does."""

from __future__ import annotations

import json
from dataclasses import asdict

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simcomunita.experiment.genealogies import genealogy_files, read_genealogy
from simcomunita.experiment.plan import ExperimentError, Identity
from simcomunita.months import parse_month
from simcomunita.outcomes.lineage import Lineage

WHO = Identity("project, seed 1", "0" * 64, 0.2, "0", "0")


@pytest.fixture
def put(tmp_path):
    """Put a lineage into a folder as a run does."""

    def done(lineage, municipalities):
        for name, content in genealogy_files(lineage, municipalities).items():
            (tmp_path / name).write_bytes(content)
        pd.DataFrame({"month": ["2017-05", "2017-06"]}).to_parquet(tmp_path / "series.parquet")
        (tmp_path / "provenance.json").write_text(json.dumps({"identity": asdict(WHO), "seeds": [3]}))
        return tmp_path

    return done


def test_what_was_kept_comes_back_as_it_was(put, make):
    model = make(scale=0.2).advance_to("2017-06")
    assert len(model.lineage.activations) > 5
    assert len(model.lineage.initiatives) > 10
    names = model.population.municipalities
    kept = read_genealogy(put(model.lineage, names))
    assert (kept.identity, kept.seed, kept.until) == (WHO, 3, parse_month("2017-06"))
    assert kept.lineage.activations == model.lineage.activations
    for read, written in zip(kept.lineage.initiatives, model.lineage.initiatives, strict=True):
        places = kept.municipalities[read.municipality], names[written.municipality]
        assert places[0] == places[1]
        assert vars(read) | {"municipality": 0} == vars(written) | {"municipality": 0}


def test_a_run_in_which_nothing_happened_can_be_kept(put):
    assert read_genealogy(put(Lineage(), ("Visano",))).lineage == Lineage()


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "feast"), ("founded", "long ago"), ("parent", 10**6), ("municipality", 3), ("how", None)],
)
def test_what_is_damaged_is_refused(put, make, column, value):
    model = make(scale=0.2).advance_to("2016-06")
    folder = put(model.lineage, model.population.municipalities)
    table = pq.read_table(folder / "initiatives.parquet")
    place = table.column_names.index(column)
    pq.write_table(table.set_column(place, column, pa.array([value] * len(table))), folder / "initiatives.parquet")
    with pytest.raises(ExperimentError, match="holds no run whose genealogy was kept"):
        read_genealogy(folder)


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(ExperimentError):
        read_genealogy(tmp_path)
