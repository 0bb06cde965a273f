"""docs/calibrating_a_territory.md, its own commands and files, with fewer runs and residents."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from simcomunita.calibration.reading import load_calibration
from simcomunita.cli import app

PAGE = (Path(__file__).parents[2] / "docs" / "calibrating_a_territory.md").read_text(encoding="utf-8")

SMALLER = {
    "run": ["--scale", "0.1"],
    "territory describe": ["--scale", "0.1"],
    "calibrate": ["--points", "50", "--scale", "0.1", "--workers", "1"],
    "compare": ["--scale", "0.1", "--workers", "1"],
}
"""What is added to a command."""
FEWER = (
    ("--draws 100", "--draws 3"),
    ("truths: 300", "truths: 20"),
    ("method: learned", "method: linear"),
    ("seeds: 30", "seeds: 4"),
)
"""What is replaced, once each."""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder in which everything was done, and what every command said."""
    folder, said, page = tmp_path_factory.mktemp("tutorial"), {}, PAGE
    for old, new in FEWER:
        assert page.count(old) == 1, old
        page = page.replace(old, new)
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        for kind, block in re.findall(r"^```(sh|yaml|csv)\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
            if kind == "sh":
                for line in block.splitlines():
                    said[line] = do(line)
            else:
                named = re.match(r"# (configs/\S+)\n", block)
                assert named, block
                Path(named[1]).parent.mkdir(parents=True, exist_ok=True)
                Path(named[1]).write_text(block, encoding="utf-8")
    return folder, said


def do(line: str) -> str:
    first, *words = shlex.split(line)
    if first == "cp":
        shutil.copy(*words)
        return ""
    assert first == "simcomunita"
    added = next((more for command, more in SMALLER.items() if line.startswith(f"simcomunita {command} ")), [])
    answer = CliRunner().invoke(app, [*words, *added])
    assert answer.exit_code == 0, f"{line}\n{answer.output}\n{answer.stderr}"
    return answer.output


def test_the_page_leads_from_an_empty_folder_to_a_comparison_that_draws_from_the_posterior(done):
    folder, said = done
    told = said["simcomunita compare configs/studies/my_question.yaml --out out/my_question"]
    assert 'from the posterior "my_valley"' in told
    parameters = json.loads((folder / "out/my_question/provenance.json").read_text("utf-8"))["parameters"]
    shipped = json.loads((folder / "out/my_valley/provenance.json").read_text("utf-8"))
    assert parameters["about"]["configuration_hash"] == shipped["configuration_hash"]
    assert parameters["about"]["runs"] == 50
    runs = pd.read_parquet(folder / "out/my_question/runs.parquet")
    assert sorted(set(zip(runs["draw"], runs["seed"], strict=True))) == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_the_same_with_several_seeds_a_draw_tells_parameters_and_chance_apart(done):
    folder, said = done
    told = said["simcomunita compare configs/studies/my_question.yaml --draws 3 --seeds 2 --out out/my_question_apart"]
    assert "3 draws of what is not known" in told
    spread = pd.read_csv(folder / "out/my_question_apart/spread.csv")
    assert spread["share_of_parameters"].notna().any()


def test_point_values_are_told_as_such(done):
    folder, said = done
    told = said["simcomunita compare configs/studies/my_question.yaml --parameters point --out out/my_question_point"]
    assert "for the model as configured" in told
    parameters = json.loads((folder / "out/my_question_point/provenance.json").read_text("utf-8"))["parameters"]
    assert parameters == {"drawn": "point"}


def test_figures_of_several_dates_shares_and_limits_are_fitted_as_they_stand(done):
    folder, _ = done
    outcomes = pd.read_csv(folder / "out/my_valley/outcomes.csv").set_index("outcome")
    assert set(outcomes.index) == {
        "citizens_reached@2018-06",
        "citizens_reached",
        "active_participants@2018-06",
        "active_participants",
        "labs_co_led_share",
        "beneficiaries_taken_on",
    }
    assert outcomes.loc["beneficiaries_taken_on", "bound"] == "at least"
    assert outcomes.loc["beneficiaries_taken_on", "posterior_high"] <= 25 * (1 + 1e-9)  # told as the limit, at most
    assert outcomes["published"].to_dict()["citizens_reached@2018-06"] == 340
    assert (outcomes.loc["citizens_reached@2018-06", "prior_median"]) < outcomes.loc["citizens_reached", "prior_median"]
    calibration = load_calibration(folder / "configs/calibrations/my_valley.yaml")
    assert [one.use for one in calibration.outcomes] == ["fit"] * 5 + ["held out"]
