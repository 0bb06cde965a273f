from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from simcomunita.claims.claim import Claim, ClaimPlan
from simcomunita.claims.forms import LedgerForm
from simcomunita.claims.judging import Verdict
from simcomunita.claims.page import About, at_configured, claims_table, effects_table, page
from simcomunita.claims.picture import picture
from simcomunita.claims.reading import load_claim
from simcomunita.claims.screening import Screening, Tried
from simcomunita.claims.trying import Result, Size, Trial
from simcomunita.experiment.plan import ExperimentError, Task
from simcomunita.experiment.running import run_plan

SMALL = Size(draws=2, seeds=2, scale=0.01, workers=1)


def silent(done: int, total: int) -> None:
    """Watch nothing."""


@pytest.fixture
def claim(write: Callable[..., Path]) -> Claim:
    return load_claim(write())


def results(trial: Trial, *claims: Claim, tell: Callable[[int, int], None] = silent) -> list[Result]:
    return trial.results(trial.plans(claims, (1, 2)), tell)


def test_a_claim_is_tried_in_every_draw_and_seed_and_helpers_reach_people(claim: Claim, wide: LedgerForm):
    (result,) = results(Trial(wide, SMALL), claim)
    assert result.draws == (0, 1, 2)
    assert result.pairs.shape == (3, 2, 2, 2)
    assert np.isfinite(result.pairs).all()
    assert (result.pairs[:, :, 0, 0] > result.pairs[:, :, 0, 1]).all(), "helped against alone"
    assert len({tuple(row) for row in result.pairs[:, 0, 0].tolist()}) > 1, "draws differ"
    assert result.verdict == Verdict.CANNOT_TELL, "two draws are too few"


def test_what_was_run_is_taken_up_and_a_trial_that_was_broken_off_comes_to_the_same(
    claim: Claim, wide: LedgerForm, tmp_path: Path
):
    undisturbed = results(Trial(wide, SMALL), claim)

    def breaks_off(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    trial = Trial(wide, SMALL, tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        results(trial, claim, tell=breaks_off)
    assert len(list((tmp_path / "out" / "short" / "parts").glob("seed-*.parquet"))) == 3
    told: list[tuple[int, int]] = []
    (again,) = results(trial, claim, tell=lambda done, total: told.append((done, total)))
    assert told[0] == (3, 6)
    assert told[-1] == (6, 6)
    np.testing.assert_array_equal(again.pairs, undisturbed[0].pairs)
    told.clear()
    results(trial, claim, tell=lambda done, total: told.append((done, total)))
    assert told == [(6, 6)], "nothing is run again"


def test_a_claim_that_is_judged_otherwise_is_not_run_again_but_one_that_is_lived_otherwise_is_refused(
    claim: Claim, wide: LedgerForm, write: Callable[..., Path], tmp_path: Path
):
    trial = Trial(wide, SMALL, tmp_path / "out")
    results(trial, claim)
    told: list[int] = []
    judged_otherwise = load_claim(write(("expect: higher", "expect: lower\n    matters: 0.2")))
    (result,) = results(trial, judged_otherwise, tell=lambda done, total: told.append(done))
    assert told == [6]
    assert result.findings[0].mean < 0.0
    lived_otherwise = load_claim(write(("until: 2016-05\narms", "until: 2016-06\narms")))
    with pytest.raises(ExperimentError, match="another configuration"):
        results(trial, lived_otherwise)


def test_another_design_or_scale_is_refused(claim: Claim, wide: LedgerForm, tmp_path: Path):
    results(Trial(wide, SMALL, tmp_path / "out"), claim)
    other_design = wide.model_copy(update={"design": 2})
    with pytest.raises(ExperimentError, match="another configuration"):
        results(Trial(other_design, SMALL, tmp_path / "out"), claim)
    with pytest.raises(ExperimentError, match="at scale"):
        results(Trial(wide, replace(SMALL, scale=0.02), tmp_path / "out"), claim)


def test_arms_live_with_the_parameters_that_are_drawn(claim: Claim, wide: LedgerForm):
    plan = ClaimPlan(claim, Trial(wide, SMALL).design, (Task(0, 1),), 0.01)
    configured, drawn = (plan.trunks(draw)[0].history.parameters for draw in (0, 1))
    assert configured == claim.history.parameters
    assert drawn.erosion.wear_friend != configured.erosion.wear_friend


def test_arms_that_are_equal_differ_by_exactly_nothing(write: Callable[..., Path], wide: LedgerForm):
    claim = load_claim(write(("alone: {}", "alone: {policies: [project]}")))
    ensemble = run_plan(Trial(wide, SMALL).plans([claim], (1,))[0])
    for part in ensemble.parts:
        for name, values in part.runs["helped"].series.items():
            np.testing.assert_array_equal(values, part.runs["alone"].series[name])


# -- plausible draws --


def tried(draw: int, kept: bool) -> Tried:
    return Tried(draw, {"citizens_reached": 1.0}, kept)


def test_draws_are_tried_until_enough_are_plausible_whatever_else_was_run(wide: LedgerForm, tmp_path: Path):
    trial = Trial(wide, replace(SMALL, draws=3), tmp_path / "out")
    three = trial.plausible(silent)
    assert len(three.kept) == 3
    two = Trial(wide, SMALL, tmp_path / "out").plausible(silent)
    assert two.kept == three.kept[:2]
    assert two.tried == three.tried[: len(two.tried)]


def test_a_screen_that_nothing_passes_says_so(wide: LedgerForm):
    strict = wide.screen.model_copy(update={"factor": 1.000001, "tried": 1})
    with pytest.raises(ExperimentError, match="0 of 2 draws are plausible, 2 are wanted"):
        Trial(wide.model_copy(update={"screen": strict}), SMALL).plausible(silent)


@pytest.mark.parametrize(("ratio", "passes"), [(1, True), (3, True), (3.1, False), (0.34, True), (0.33, False)])
def test_a_draw_is_plausible_if_its_outcomes_are_near_those_published(wide: LedgerForm, ratio: float, passes: bool):
    screen = Trial(wide.model_copy(update={"screen": wide.screen.model_copy(update={"factor": 3.0})}), SMALL).screen()
    assert screen.passes({"citizens_reached": 1.0, "active_participants": ratio}) == passes


# -- page --


def about(wide: LedgerForm) -> About:
    trial = Trial(wide, SMALL)
    return About(trial.identity(), SMALL, trial.screen(), Screening((tried(1, True), tried(2, False), tried(3, True))))


def made_up(claim: Claim, effects: tuple[float, float] = (0.3, 0.0)) -> Result:
    """A result of ten draws with these effects, and something in the values as configured."""
    pairs = np.ones((11, 2, 2, 2))
    pairs[:, :, :, 1] = 1.0 - np.array(effects)
    return Result.of(claim, range(11), pairs, 0.1)


def test_a_claim_has_the_verdict_of_its_weakest_part(claim: Claim):
    result = made_up(claim)
    assert [finding.verdict for finding in result.findings] == [Verdict.BORNE_OUT, Verdict.NOT_BORNE_OUT]
    assert result.verdict == Verdict.NOT_BORNE_OUT


def test_the_values_as_configured_are_shown_but_do_not_count(claim: Claim):
    pairs = made_up(claim, (0.3, 0.3)).pairs.copy()
    pairs[0] = [[100.0, 7.0], [100.0, 7.0]]
    result = Result.of(claim, range(11), pairs, 0.1)
    assert at_configured(result, 0) == (100.0, 7.0)
    assert result.findings[0].mean == pytest.approx(0.3)
    assert result.findings[0].draws == 10


def test_a_run_that_failed_leaves_its_draw_to_the_other_seeds(claim: Claim):
    pairs = made_up(claim).pairs.copy()
    pairs[3, 0] = np.nan
    pairs[4] = np.nan
    assert Result.of(claim, range(11), pairs, 0.1).findings[0].draws == 9


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_page_says_what_was_claimed_done_and_found_and_what_it_stands_on(claim: Claim, wide: LedgerForm, lang):
    text = page([made_up(claim)], about(wide), lang)
    for said in (claim.claim, claim.done, claim.title):
        assert getattr(said, lang) in text
    assert "30 % (30 % " in text.replace("da 30 %", "30 %")
    assert {"en": "Verdict: not borne out.", "it": "Verdetto: non confermato."}[lang] in text
    assert {"en": "3 draws were tried: 2 kept, 1 screened out", "it": "tenute 2, scartate 1"}[lang] in text
    assert "{" not in text.replace("{#", "")


def test_a_discussion_that_is_written_is_shown(write: Callable[..., Path], wide: LedgerForm):
    claim = load_claim(write(("until: 2016-05\narms", "until: 2016-05\ndiscussion: Nobody knows.\narms")))
    assert "**Discussion.** Nobody knows." in page([made_up(claim)], about(wide), "en")


def test_tables_have_a_row_a_part_and_a_row_a_part_and_draw(claim: Claim):
    table = claims_table([made_up(claim)])
    assert table["effect"].tolist() == pytest.approx([0.3, 0.0])
    assert table["verdict_of_part"].tolist() == ["borne out", "not borne out"]
    assert len(effects_table([made_up(claim)])) == 22


@pytest.mark.parametrize("lang", ["en", "it"])
def test_the_picture_shows_every_part_beside_its_verdict(claim: Claim, lang):
    figure = picture([made_up(claim)], lang)
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert getattr(claim.title, lang) in texts
    assert all(contrast.says[lang] in texts for contrast in claim.contrasts)
    assert {"en": "borne out", "it": "confermato"}[lang] in texts


def test_an_identity_is_plain_data(claim: Claim, wide: LedgerForm):
    (plan,) = Trial(wide, SMALL).plans([claim], (1,))
    assert json.dumps(plan.identity.as_dict())
