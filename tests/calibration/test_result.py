from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita import load_study
from simcomunita.calibration.calibration import Calibration
from simcomunita.calibration.figures import outcomes_figure, pairs_figure, parameters_figure, ranks_figure
from simcomunita.calibration.keeping import SAMPLE, for_arviz, tables
from simcomunita.calibration.page import page
from simcomunita.calibration.reading import load_calibration
from simcomunita.calibration.result import Result, infer, run_again
from simcomunita.experiment.plan import ExperimentError

from .conftest import CALIBRATION, PEOPLE, made_bank

LANGUAGES = ("en", "it")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    file = tmp_path_factory.mktemp("result") / "small.yaml"
    file.write_text(CALIBRATION)
    calibration = replace(load_calibration(file), method="linear")
    plan, bank = made_bank(calibration)
    found = infer(calibration, bank)
    return found.predicted_again(run_again(plan, found.posterior, 30))


def test_what_the_figures_tell_of_is_found_and_the_rest_stays_open(result: Result):
    table = result.parameters().set_index("parameter")
    assert table.loc["spreading.staying", "low"] < 0.45 < table.loc["spreading.staying", "high"]
    assert table.loc["spreading.staying", "contraction"] > 0.8
    assert table.loc["spreading.walking_in", "median"] == pytest.approx(0.00045, rel=0.35)
    assert abs(table.loc["facilitation.hours_of_a_case", "contraction"]) < 0.25


def test_every_method_is_held_beside_the_chosen_one(result: Result):
    assert list(result.posteriors) == ["linear", "learned", "surrogate", "exact"]
    methods = result.methods().set_index("method")
    assert methods["coverage_90"].between(0.75, 1.0).all()
    assert methods.loc["exact", "effective"] == pytest.approx(result.posteriors["exact"].effective)
    assert methods.loc["linear", "farthest_middle"] == 0.0


def test_a_figure_that_was_held_out_is_predicted_and_rerun_alike(result: Result):
    held = next(one for one in result.predictions if one.outcome.use == "held out")
    assert held.held
    assert not held.outside
    assert held.posterior[1] == pytest.approx(0.07 * PEOPLE, rel=0.2)
    assert held.rerun[1] == pytest.approx(held.posterior[1], rel=0.2)
    assert held.posterior[2] - held.posterior[0] < held.prior[2] - held.prior[0]


def test_a_figure_that_no_draw_gives_is_said_to_be_beyond(write: Callable[..., Path], tmp_path: Path):
    rows = "citizens_reached,90000\nlabs_co_led_share,0.65\nactive_participants,420\n"
    (tmp_path / "sheet.csv").write_text(f"outcome,published\n{rows}")
    read = load_calibration(write(("scenario: project", "scenario: project\nobserved: sheet.csv")))
    read = replace(read, method="linear", truths=20)
    beyond = infer(read, made_bank(read)[1])
    assert [one.outside for one in beyond.predictions] == [True, False, False]
    assert "no draw comes near" in page(beyond, "en")
    assert beyond.checked.farther(beyond.posterior) < 0.05


def test_the_sample_is_one_that_studies_read(result: Result, tmp_path: Path):
    (tmp_path / SAMPLE).write_bytes(tables(result)[SAMPLE])
    (tmp_path / "study.yaml").write_text(
        f"""\
name: drawn
question: "What?"
history: project
branch_at: 2019-10
until: 2019-12
baseline: none
scenarios: {{none: {{policies: []}}, eight: {{policies: []}}}}
seeds: 1
draws: {{sample: {SAMPLE}, number: 40}}
"""
    )
    draws = load_study(tmp_path / "study.yaml").draws
    assert draws is not None
    assert draws.number == 40
    staying = np.array([one["spreading.staying"] for one in draws.values])
    posterior = result.parameters().set_index("parameter").loc["spreading.staying"]
    assert np.median(staying) == pytest.approx(posterior["median"], abs=0.02)


def test_arviz_reads_the_export(result: Result, tmp_path: Path):
    import xarray as xr

    (tmp_path / "posterior.nc").write_bytes(for_arviz(result))
    with xr.open_dataset(tmp_path / "posterior.nc", group="posterior", engine="h5netcdf") as posterior:
        assert dict(posterior.sizes) == {"chain": 1, "draw": 100}
        assert set(posterior.data_vars) == set(result.calibration.priors.keys)
    with xr.open_dataset(tmp_path / "posterior.nc", group="observed_data", engine="h5netcdf") as observed:
        assert float(observed["citizens_reached"]) == PEOPLE


def test_the_same_bank_gives_the_same_tables(result: Result):
    again = infer(result.calibration, result.bank)
    for name in (SAMPLE, "parameters.csv", "ranks.csv", "methods.csv"):
        assert tables(again)[name] == tables(result)[name], name


def test_too_few_runs_are_refused(calibration: Calibration, result: Result):
    with pytest.raises(ExperimentError, match="has 30 runs"):
        infer(calibration, result.bank.first(30))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_what_was_predicted_and_what_it_cannot_say(result: Result, lang):
    text = page(result, lang)
    assert {"en": "5,932", "it": "5.932"}[lang] in text
    assert {"en": "What this cannot say", "it": "Che cosa non può dire"}[lang] in text
    assert {"en": "All 1 figures", "it": "Tutti i 1 dati"}[lang] not in text
    assert "spreading.staying" in text
    assert "nan" not in text
    assert "{" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_name_every_figure_and_parameter(result: Result, lang):
    texts = [text.get_text() for text in outcomes_figure(result, lang).axes[0].texts]
    assert {"en": "Held out, only predicted", "it": "Non usati, solo previsti"}[lang] in texts
    titles = [axes.get_title(loc="left") for axes in parameters_figure(result, lang).axes]
    assert titles == list(result.calibration.priors.keys)
    assert pairs_figure(result, lang).axes
    assert len(ranks_figure(result, lang).axes[0].lines) == 1 + len(titles)
