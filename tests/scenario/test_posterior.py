"""A territory's posterior: read with every error told, and drawn from in an order that stands for the whole."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from simcomunita.configuration import ConfigurationError, with_values
from simcomunita.mechanisms import ModelParameters
from simcomunita.scenario import check_file, load_study, shipped_root
from simcomunita.scenario.posterior import Posterior, table_hash

TABLE = "erosion.young,spreading.staying,weight\n7,0.5,1\n8,0.6,0\n9,0.7,3\n"
ABOUT = """\
calibration: invented
version: 0.1.0
code: "0123456789abcdef"
configuration_hash: "0123"
runs: 60
scale: 0.1
date: 2026-01-31
method: linear
fitted: [citizens_reached]
"""
SCENARIO = """\
name: past
territory: ../territories/here
start: 2016-02
end: 2016-05
costs: lombardy
policies: []
"""
STUDY = """\
name: mine
question: What changes?
history: past
branch_at: 2016-05
until: 2016-06
baseline: none
scenarios:
  some: {policies: [{name: some, from: 2016-05, until: 2016-06, facilitators: {number: 2}}]}
  none: {policies: []}
seeds: 3
"""


@pytest.fixture
def configs(tmp_path: Path) -> Path:
    root = tmp_path / "configs"
    shutil.copytree(shipped_root() / "territories" / "bassa_bresciana_orientale", root / "territories" / "here")
    for name, text in {"scenarios/past.yaml": SCENARIO, "studies/mine.yaml": STUDY}.items():
        (root / name).parent.mkdir()
        (root / name).write_text(text, "utf-8")
    for name in ("posterior.csv", "posterior.yaml"):
        (root / "territories" / "here" / name).unlink(missing_ok=True)
    return root


def ship(configs: Path, table: str = TABLE, about: str = ABOUT) -> None:
    here = configs / "territories" / "here"
    (here / "posterior.csv").write_text(table, "utf-8")
    (here / "posterior.yaml").write_text(about, "utf-8")


def told(configs: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_study(configs / "studies" / "mine.yaml")
    with pytest.raises(ConfigurationError) as checked:
        check_file(configs / "territories" / "here")
    assert {(p.line, p.key, p.message) for p in checked.value.problems} == {
        (p.line, p.key, p.message) for p in caught.value.problems
    }
    return str(caught.value)


def with_line(configs: Path, line: str, file: str = "studies/mine.yaml") -> Path:
    (configs / file).write_text((configs / file).read_text("utf-8") + line + "\n", "utf-8")
    return configs / "studies" / "mine.yaml"


def test_a_study_draws_from_what_its_territory_ships_and_from_nothing_where_it_ships_none(configs: Path) -> None:
    study = configs / "studies" / "mine.yaml"
    without = load_study(study)
    assert without.drawn_from is None
    ship(configs)
    with_it = load_study(study)
    assert with_it.drawn_from is not None
    assert with_it.drawn_from.about["calibration"] == "invented"
    assert with_it.history.configuration_hash == without.history.configuration_hash
    point = load_study(with_line(configs, "parameters: point"))
    assert point.drawn_from is None
    assert point.configuration_hash == without.configuration_hash != with_it.configuration_hash


def test_another_posterior_is_another_configuration_and_another_date_is_not(configs: Path) -> None:
    study, hashes = configs / "studies" / "mine.yaml", []
    for table, about in ((TABLE, ABOUT), (TABLE.replace("9,", "9.5,"), ABOUT), (TABLE, ABOUT.replace("31", "30"))):
        ship(configs, table, about)
        hashes.append(load_study(study).configuration_hash)
    assert hashes[0] == hashes[2] != hashes[1]


def test_what_is_wrong_in_the_two_files_is_told_by_file_line_and_column(configs: Path) -> None:
    table = TABLE.replace("erosion.young", "erosion.yuong").replace("0.6", "much")
    ship(configs, table, ABOUT.replace("runs: 60", "runs: none").replace("method", "methud"))
    said = told(configs)
    assert "posterior.csv:1: erosion.yuong" in said
    assert 'Did you mean "erosion.young"' in said
    assert "posterior.yaml:5: runs" in said
    assert 'Did you mean "method"' in said
    ship(configs, TABLE.replace("0.6", "much").replace("9,0.7", "-4,0.7"))
    said = told(configs)
    assert "posterior.csv:3: spreading.staying" in said


def test_values_that_no_parameter_can_have_are_refused(configs: Path) -> None:
    ship(configs, TABLE.replace("0.7", "1.7"))
    assert "posterior.csv:4: spreading.staying" in told(configs)


def test_one_file_without_the_other_is_refused(configs: Path) -> None:
    here = configs / "territories" / "here"
    ship(configs)
    (here / "posterior.yaml").unlink()
    assert "posterior.yaml" in told(configs)
    ship(configs)
    (here / "posterior.csv").unlink()
    assert "this file is missing beside posterior.yaml" in told(configs)


def test_a_table_without_parameters_is_refused(configs: Path) -> None:
    ship(configs, "weight\n1\n")
    assert "no column of a parameter" in told(configs)


def test_a_table_of_another_calibration_is_refused_and_line_ends_do_not_matter(configs: Path) -> None:
    about = f'{ABOUT}table: "{table_hash(TABLE.encode())}"\n'
    ship(configs, TABLE, about)
    (configs / "territories" / "here" / "posterior.csv").write_bytes(TABLE.replace("\n", "\r\n").encode())
    assert load_study(configs / "studies" / "mine.yaml").drawn_from is not None
    ship(configs, TABLE.replace("9,", "9.5,"), about)
    assert "was changed, or belongs to another calibration" in told(configs)


def test_a_posterior_that_is_asked_for_must_be_there(configs: Path) -> None:
    study = with_line(configs, "parameters: posterior")
    with pytest.raises(ConfigurationError, match="ships no posterior"):
        load_study(study)
    ship(configs)
    assert load_study(study).drawn_from is not None
    with pytest.raises(ConfigurationError, match="expected one of the two"):
        load_study(with_line(configs, "draws: {design: 1, number: 3}"))


@pytest.mark.parametrize(
    ("line", "own"),
    [("parameters: {spreading: {staying: 0.9}}", "spreading.staying"), ("mechanisms: {closure: off}", "closure.on")],
)
def test_a_history_that_says_itself_what_was_calibrated_is_run_as_it_says(configs: Path, line: str, own: str) -> None:
    ship(configs)
    study = load_study(with_line(configs, line, "scenarios/past.yaml"))
    assert study.drawn_from is None
    assert study.unlike == (own,)
    with pytest.raises(ConfigurationError, match=f'says "{own}" itself'):
        load_study(with_line(configs, "parameters: posterior"))


def test_a_history_may_say_what_the_calibration_said(configs: Path) -> None:
    ship(configs, TABLE, f"{ABOUT}configured: {{spreading.staying: 0.9}}\nswitched: {{closure: false}}\n")
    with_line(configs, "parameters: {spreading: {staying: 0.9}}\nmechanisms: {closure: off}", "scenarios/past.yaml")
    assert load_study(configs / "studies" / "mine.yaml").drawn_from is not None


def made(rows: int, columns: int, seed: int = 3) -> tuple[Posterior, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    values = chance.normal(size=(rows, columns))
    values[:, -1] += values[:, 0]
    weights = chance.uniform(size=rows)
    named = tuple({f"p{k}": float(v) for k, v in enumerate(row)} for row in values)
    return Posterior(named, tuple(weights.tolist())), values, weights / weights.sum()


def draws_of(posterior: Posterior, number: int) -> np.ndarray:
    return np.array([list(posterior.values(draw).values()) for draw in range(1, number + 1)])


def test_rows_are_drawn_as_often_as_they_weigh() -> None:
    posterior = Posterior(({"a": 1.0}, {"a": 2.0}, {"a": 3.0}), (1.0, 0.0, 3.0))
    drawn = draws_of(posterior, 64)[:, 0].tolist()
    assert {value: drawn.count(value) for value in set(drawn)} == {1.0: 16, 3.0: 48}


@pytest.mark.parametrize("number", [8, 20, 50, 100])
def test_the_first_draws_stand_for_the_whole_better_than_chance_would(number: int) -> None:
    squares, spreads = [], []
    for seed in range(12):
        posterior, values, weights = made(400, 4, seed)
        mean = weights @ values
        deviation = np.sqrt(weights @ (values - mean) ** 2)
        drawn = draws_of(posterior, number)
        squares.append(number * ((drawn.mean(axis=0) - mean) / deviation) ** 2)  # 1 on average, were they independent
        spreads.append(drawn.std(axis=0, ddof=1) / deviation)
    assert np.mean(squares) < 0.8
    assert np.mean(spreads) == pytest.approx(1.0, abs=0.08)


def test_draws_are_the_same_after_a_journey_and_in_whatever_order_they_are_asked_for() -> None:
    posterior, _, _ = made(50, 3)
    backwards = [posterior.values(draw) for draw in range(30, 0, -1)][::-1]
    arrived = pickle.loads(pickle.dumps(posterior))
    assert backwards == [arrived.values(draw) for draw in range(1, 31)]
    assert arrived.configuration_hash == posterior.configuration_hash
    with pytest.raises(ValueError, match="expected 1 or more"):
        posterior.values(0)


def test_columns_that_do_not_vary_and_single_rows_are_drawn_from_too() -> None:
    assert Posterior(({"a": 1.0},), (2.0,)).values(7) == {"a": 1.0}
    alike = Posterior(({"a": 1.0, "b": 2.0},) * 3, (1.0, 1.0, 1.0))
    assert alike.values(3) == {"a": 1.0, "b": 2.0}


def test_what_was_not_calibrated_stays_as_configured() -> None:
    configured = with_values(ModelParameters(), {"erosion.young": 20.0, "spreading.staying": 0.31})
    posterior = Posterior(({"erosion.young": 9.0},), (1.0,))
    drawn = posterior.parameters(configured, 1)
    assert (drawn.erosion.young, drawn.spreading.staying) == (9.0, 0.31)
    assert posterior.parameters(configured, 0) == configured
