"""An analysis from end to end, of a community whose parameters' influence is known."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from toy import ToyStudy, fragile_model, hopeless_model, toy_model

from simcomunita.commands.varying import keep, printed
from simcomunita.experiment.plan import ExperimentError
from simcomunita.sensitivity.analysis import Analysis, Findings, Size
from simcomunita.sensitivity.factors import DUMMY, Factors
from simcomunita.sensitivity.living import outcomes
from simcomunita.sensitivity.page import page
from simcomunita.sensitivity.picture import indices_picture, screening_picture
from simcomunita.sensitivity.targets import Target, differences

STUDY = ToyStudy()
SIZE = Size(trajectories=3, points=32, seeds=2, scale=1.0, keep=3)
HELP = Target("active_now", "helped", "none")


def analysed(size: Size = SIZE, out: Path | None = None, make=toy_model, **asked) -> Findings:
    analysis = Analysis.of(STUDY, size, out=out, make=make, **asked)
    first = analysis.run(analysis.screening_plan())
    screening = analysis.screened(first)
    kept = analysis.kept(screening)
    second = analysis.run(analysis.indices_plan(kept))
    done = len(first.plan.tasks) + len(second.plan.tasks)
    failures = (*first.failures, *second.failures)
    return Findings(analysis, screening, kept, analysis.indices(second), done, failures)


@pytest.fixture(scope="module")
def findings() -> Findings:
    return analysed()


def test_a_difference_hangs_on_what_helpers_change_and_not_on_what_moves_both_scenarios(findings):
    difference, alone = findings.screening[HELP], findings.screening[Target("active_now", "none")]
    assert dict(zip(difference.names, difference.mu, strict=True)) == pytest.approx(
        {"push.strong": 5.0, "push.helping": 20.0, "push.idle": 0.0, "push.whole": 0.0, DUMMY: 0.0}
    )
    assert alone.names[alone.order[0]] == "push.strong"
    assert findings.kept == ("push.helping", "push.strong")


def test_indices_are_those_of_the_variances(findings):
    found = findings.indices[HELP]
    shares = dict(zip(found.names, found.first, strict=True))
    assert shares["push.helping"] == pytest.approx(400 / 425, abs=0.15)
    assert found.names[found.order[-1]] == DUMMY
    assert found.dummy_is_nothing


def test_a_given_data_method_names_the_same_parameter():
    found = analysed(replace(SIZE, method="rbd_fast", points=64)).indices[HELP]
    assert found.names[found.order[0]] == "push.helping"
    assert np.isnan(found.total).all()


def test_the_same_seeds_are_run_at_all_points(findings):
    plan = findings.analysis.screening_plan()
    seeds = {draw: sorted(task.seed for task in plan.tasks if task.draw == draw) for draw in range(1, 19)}
    assert set(map(tuple, seeds.values())) == {(1, 2)}
    assert len(plan.tasks) == 3 * (5 + 1) * 2


def test_a_point_in_the_middle_is_the_study_as_configured():
    configured = STUDY.history.parameters
    factors = Factors.of(configured)
    assert factors.parameters(configured, np.full(len(factors), 0.5)) == configured


def test_the_dummy_reaches_nothing():
    configured = STUDY.history.parameters
    factors = Factors.of(configured)
    points = np.tile(np.linspace(0.1, 0.9, len(factors)), (2, 1))
    points[1, factors.names.index(DUMMY)] = 1.0
    assert factors.parameters(configured, points[0]) == factors.parameters(configured, points[1])


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    keep(analysed(out=out), out, "en")
    return out


def results(out: Path) -> dict[str, bytes]:
    names = ("page.md", "screening.png", "indices.png", "screening.csv", "indices.csv")
    return {name: (out / name).read_bytes() for name in names}


def test_files_are_the_same_with_two_workers(written: Path, tmp_path: Path):
    keep(analysed(replace(SIZE, workers=2), out=tmp_path), tmp_path, "en")
    assert results(tmp_path) == results(written)


def test_files_are_the_same_after_an_interruption(written: Path, tmp_path: Path):
    def interrupt(progress) -> None:
        if progress.done == 20:
            raise KeyboardInterrupt

    analysis = Analysis.of(STUDY, SIZE, out=tmp_path, make=toy_model)
    with pytest.raises(KeyboardInterrupt):
        analysis.run(analysis.screening_plan(), interrupt)
    assert analysis.missing(analysis.screening_plan()) == 36 - 20
    keep(analysed(out=tmp_path), tmp_path, "en")
    assert results(tmp_path) == results(written)


def test_without_a_closer_look_there_are_no_indices(written: Path, tmp_path: Path):
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    analysis = Analysis.of(STUDY, replace(SIZE, keep=0), out=tmp_path, make=toy_model)
    screening = analysis.screened(analysis.run(analysis.screening_plan()))
    assert analysis.kept(screening) == ()
    keep(Findings(analysis, screening, (), {}, 36), tmp_path, "en")
    assert not (tmp_path / "indices.png").exists()
    assert "Closer look" not in (tmp_path / "page.md").read_text()
    assert (tmp_path / "indices.csv").read_text().count("\n") == 1


def test_more_trajectories_take_up_those_that_were_run(written: Path, tmp_path: Path):
    shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    more = Analysis.of(STUDY, replace(SIZE, trajectories=5, seeds=3), out=tmp_path, make=toy_model)
    taken = []
    more.run(more.screening_plan(), lambda progress: taken.append(progress.taken_up))
    assert taken[0] == 36


def test_another_choice_of_parameters_does_not_take_a_folder(written: Path):
    before = results(written)
    other = Analysis.of(STUDY, replace(SIZE, keep=1), ["push.h*"], out=written, make=toy_model)
    with pytest.raises(ExperimentError, match="Nothing was overwritten"):
        other.occupy()
    assert results(written) == before


def test_tables_hold_every_target_and_every_parameter(written: Path):
    rows = list(csv.DictReader((written / "screening.csv").read_text().splitlines()))
    assert len(rows) == 2 * 3 * 5
    assert [row["parameter"] for row in rows[:2]] == ["push.helping", "push.strong"]
    assert {row["target"] for row in rows} == {"helped - none", "helped", "none"}
    shares = list(csv.DictReader((written / "indices.csv").read_text().splitlines()))
    assert [row["parameter"] for row in shares[:3]] == ["push.helping", "push.strong", DUMMY]
    assert float(shares[2]["total"]) == 0.0
    provenance = json.loads((written / "provenance.json").read_text())
    assert provenance["kept"] == ["push.helping", "push.strong"]
    assert provenance["packages"]["salib"]


def test_a_trajectory_in_which_a_run_failed_is_left_out_and_told():
    found = analysed(replace(SIZE, trajectories=8), make=fragile_model)
    assert found.failures
    assert 0 < found.screening[HELP].trajectories < 8
    assert "Runs that failed" in page(found, "en")


def test_nothing_is_said_where_every_run_failed():
    analysis = Analysis.of(STUDY, SIZE, make=hopeless_model)
    stage = analysis.run(analysis.screening_plan())
    screening = analysis.screened(stage)
    assert {one.trajectories for one in screening.values()} == {0}
    assert analysis.kept(screening) == ()
    assert "Too few runs" in page(Findings(analysis, screening, (), {}, 36, stage.failures), "en")


def test_runs_that_are_missing_are_unknown():
    assert np.isnan(outcomes((), 2, 3, ("none",), "active_now")).all()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["hangs most on `push.helping` (more of it raises the difference, by about 20)", "came out as nothing"]),
        ("it", ["dipende soprattutto da `push.helping` (se aumenta, la differenza cresce, di circa 20)", "fittizio"]),
    ],
)
def test_the_page_names_the_parameter_its_way_and_the_dummy(findings, lang, said):
    told = page(findings, lang, ("screening.png", "indices.png"))
    for phrase in (*said, "screening.png", "indices.png", "`push.strong`"):
        assert phrase in told
    shown = printed(findings, lang)
    assert "push.helping" in shown
    assert "`" not in shown


def test_what_nothing_moves_is_said_to_be_moved_by_nothing(findings):
    assert "Nothing that was varied moves this difference" in page(findings, "en")


def test_a_dummy_that_is_something_takes_the_trust_away(findings):
    found = findings.indices[HELP]
    k = found.names.index(DUMMY)
    total = found.total.copy()
    total[k] = 0.6
    spoilt = replace(found, total=total)
    told = page(replace(findings, indices={**findings.indices, HELP: spoilt}), "en")
    assert "cannot be trusted" in told
    assert "60 %" in told


def test_luck_that_is_left_over_is_told(findings):
    found = replace(findings.indices[HELP], chance=0.4)
    told = page(replace(findings, indices={**findings.indices, HELP: found}), "en")
    assert "40 % of what this difference varies by between points is luck" in told


@pytest.mark.parametrize("lang", ["en", "it"])
def test_pictures_show_the_dummy_and_what_luck_looks_like(findings, lang):
    first, second = screening_picture(findings, HELP, lang), indices_picture(findings, HELP, lang)
    for figure in (first, second):
        names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
        assert names[0] == "push.helping"
        assert names[-1].startswith("dummy" if lang == "en" else "fittizio")
    said = [text.get_text() for text in first.axes[0].texts]
    assert ("luck alone" if lang == "en" else "solo caso") in said


def test_a_picture_of_what_nothing_moves_is_drawn(findings):
    still = differences(findings.screening)[1]
    assert "Nothing that was varied" in screening_picture(findings, still, "en").texts[0].get_text()
    assert "Nothing that was varied" in indices_picture(findings, still, "en").texts[0].get_text()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"trajectories": 1}, "--trajectories is 1; expected 2 to"),
        ({"points": 48}, "Try 64"),
        ({"points": 32, "method": "rbd_fast"}, "power of two from 64"),
        ({"method": "fast"}, "expected one of sobol and rbd_fast"),
        ({"keep": -1}, "0 or more to keep"),
        ({"trajectories": 900, "seeds": 20}, "Ask for fewer"),
        ({"points": 4096, "seeds": 20}, "the closer look would take"),
        ({"scale": 0.001}, "residents"),
    ],
)
def test_a_size_that_cannot_be_is_refused(changes, said):
    with pytest.raises(ExperimentError, match=said):
        Analysis.of(STUDY, replace(SIZE, **changes), make=toy_model)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"parameters": ["push.helpin"]}, 'Did you mean "push.helping"'),
        ({"parameters": ["push"]}, r'Did you mean "push\.\*"'),
        ({"measures": ["active_no"]}, 'Did you mean "active_now"'),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest_name(asked, said):
    with pytest.raises(ExperimentError, match=said):
        Analysis.of(STUDY, SIZE, make=toy_model, **asked)


def test_a_missing_library_is_told_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    import sys

    monkeypatch.setitem(sys.modules, "SALib", None)
    with pytest.raises(ExperimentError, match=r'pip install "simcomunita\[sensitivity\]"'):
        Analysis.of(STUDY, SIZE, make=toy_model)
