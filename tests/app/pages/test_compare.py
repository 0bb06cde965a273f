"""The places that compare and that say how far to trust, without a browser."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

from simcomunita.app import desk
from simcomunita.app.asking import FINE, QUICK, Answer
from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.comparing import Comparing, price_case, questions
from simcomunita.app.confidence import calibration_text, claims, counted, part_text, published
from simcomunita.app.desk import Desk
from simcomunita.app.pages.compare import Compare
from simcomunita.app.pages.confidence import ratios
from simcomunita.app.pages.side_by_side import lines, plane
from simcomunita.app.pages.taking import opened
from simcomunita.app.scenarios import kept
from simcomunita.app.state import MOST_FILE, State
from simcomunita.app.widgets.points import Points
from simcomunita.experiment.wording import LANGUAGES, Language, capital, label
from tests.app.pages.rendered import Page, closed
from tests.app.standin import StandIn, answer

CHOICES = (PRESETS["eight"].choice, Choice.of(facilitators=3), PRESETS["none"].choice, PRESETS["places"].choice)


def compared(lang: Language = "en", *, answered: int = 4) -> Comparing:
    state = State(language=lang)
    for choice in CHOICES:
        state = kept(state, choice)
    answers: list[Answer | None] = [answer(one, FINE, FINE.pairs) for one in questions(state)]
    return Comparing(state, tuple(one if at < answered else None for at, one in enumerate(answers)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_scenario_has_a_cell_in_every_row_and_says_what_it_stands_on(lang: Language) -> None:
    comparing = compared(lang)
    rows = comparing.rows()
    assert all(len(row.cells) == 4 and all(cell.said for cell in row.cells) for row in rows)
    stands = rows[-1].cells[0].said
    assert "66,737" in stands if lang == "en" else "66.737" in stands


def test_no_part_of_the_page_is_made_anew_when_answers_come(monkeypatch: pytest.MonkeyPatch) -> None:
    own = Desk(StandIn)
    monkeypatch.setattr(desk, "DESK", own)
    gone = closed(monkeypatch)
    page = Page(Compare, kept(kept(State(), CHOICES[0]), CHOICES[1]))
    page.until(lambda: "Refined" in page.text())
    assert page.all(Points)
    assert gone == []
    page.rendered.close()
    own.close()


def test_what_is_its_own_comparison_differs_in_nothing_and_has_no_price() -> None:
    rows = {row.name: row.cells[2].said for row in compared().rows()}
    assert rows["Active citizens"] == "no difference"
    assert rows["More money a year"] == "no difference"
    assert rows["Euro for each one more: active citizens"] == "no difference"


def test_a_price_is_said_only_where_it_clearly_brings_more_and_costs_more() -> None:
    eight = compared().columns[0].answer
    assert eight is not None
    assert price_case(eight, "active_now") == "said"
    outcome = eight.by_measure["active_now"]
    unclear = replace(outcome, difference=replace(outcome.difference, low=-1.0))
    worse = replace(outcome, difference=replace(outcome.difference, low=-3.0, mean=-2.0, high=-1.0))
    cheaper = replace(eight.cost, difference=replace(eight.cost.difference, mean=-1.0))
    assert price_case(replace(eight, by_measure={**eight.by_measure, "active_now": unclear}), "active_now") == "cannot"
    assert price_case(replace(eight, by_measure={**eight.by_measure, "active_now": worse}), "active_now") == "worse"
    assert price_case(replace(eight, by_measure={**eight.by_measure, "cost_euro": cheaper}), "active_now") == "saves"


@pytest.mark.parametrize(
    ("low", "mean", "high", "said"),
    [(0.001, 0.002, 0.003, "clearly worse"), (-0.003, -0.002, -0.001, ""), (-0.001, 0.002, 0.003, "cannot tell")],
)
def test_a_worsening_is_called_one_and_an_improvement_needs_no_word(
    low: float, mean: float, high: float, said: str
) -> None:
    comparing = compared()
    eight = comparing.answers[0]
    assert eight is not None
    outcome = eight.by_measure["isolated_share"]
    found = replace(outcome.difference, low=low, mean=mean, high=high)
    changed = replace(
        eight, by_measure={**eight.by_measure, "isolated_share": replace(outcome, difference=found, better=0.5)}
    )
    rows = replace(comparing, answers=(changed, *comparing.answers[1:])).rows()
    cell = next(row.cells[0] for row in rows if row.name == capital(label("isolated_share", "en")))
    assert cell.known.partition(": ")[2] == said


def test_which_does_most_is_said_once_all_have_an_answer_and_only_if_it_is_clear() -> None:
    assert compared().said().startswith("“Eight facilitators from the start” does most")
    assert "Computing" in compared(answered=3).said()
    alone = kept(State(), PRESETS["none"].choice)
    same = Comparing(alone, tuple(answer(one, QUICK, 4) for one in questions(alone)))
    assert same.said().startswith("None of these choices")


def test_pictures_show_the_comparison_and_every_scenario_that_has_an_answer() -> None:
    drawn = lines(compared(answered=3))
    assert drawn is not None
    assert len(drawn["lines"]) == 1 + 1 + 3  # the past, the comparison, three scenarios
    shown = plane(compared(answered=3))
    assert len(shown["points"]) == 1 + 3
    assert json.dumps(shown)
    assert lines(compared(answered=0)) is None


def test_no_two_scenarios_share_a_letter_a_colour_or_a_shape() -> None:
    comparing = compared()
    assert len({one.letter for one in comparing.columns}) == len({one.colour for one in comparing.columns}) == 4
    assert len({point["symbol"] for point in plane(comparing)["points"][1:]}) == 4


# -- a file that a visitor brings --


def brought(content: bytes, size: int | None = None) -> dict[str, object]:
    return {"size": len(content) if size is None else size, "content": base64.b64encode(content).decode()}


def test_a_file_that_was_taken_along_opens_as_the_same_state_on_the_page_that_compares() -> None:
    state = compared("it").state
    found = opened(brought(state.to_file()), "it")
    assert found.state == replace(state, page="compare")
    assert found.problems == ()


@pytest.mark.parametrize(
    "content",
    [
        b"!!python/object/apply:os.system ['touch /tmp/never']",
        b"current: !include /etc/passwd",
        b"\xff\xfe\x00",
        b"[1, 2, 3]",
        b"",
        b"current: &a [*a, *a]",
    ],
)
def test_a_doctored_file_is_refused_in_the_readers_language_and_changes_nothing(content: bytes) -> None:
    found = opened(brought(content), "it")
    assert found.state is None
    assert "file" in found.problems[0].lower() or "leve" in found.problems[0]


@pytest.mark.parametrize(
    "told",
    [
        {"size": MOST_FILE + 1, "content": ""},
        {"size": 3, "content": "A" * (3 * MOST_FILE)},
        {"size": "much", "content": None},
    ],
)
def test_a_huge_file_is_refused_whatever_the_browser_says_of_it(told: dict[str, object]) -> None:
    found = opened(told, "en")
    assert found.state is None
    assert "64 kB" in found.problems[0]


def test_a_file_of_which_some_is_wrong_is_opened_and_said() -> None:
    content = State(current=CHOICES[1]).to_file() + b"surprise: 1\n"
    found = opened(brought(content), "en")
    assert found.state is not None
    assert found.state.current == CHOICES[1]
    assert "surprise" in found.problems[0]


# -- how far to trust --


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_claims_of_the_ledger_are_there_with_their_verdicts_in_both_languages(lang: Language) -> None:
    from simcomunita.claims.reading import known_claims

    found = claims()
    assert sorted(one.name for one in found) == sorted(known_claims())
    said = counted(found, lang)
    for verdict in ("borne out", "not borne out"):
        assert str(sum(one.verdict == verdict for one in found)) in said
    texts = [one.title[lang] for one in found] + [part_text(part, lang) for one in found for part in one.parts]
    assert all(text.strip() and "{" not in text for text in texts)


def test_without_a_calibration_the_page_says_that_nothing_was_fitted(tmp_path: Path) -> None:
    (tmp_path / "outcomes.csv").write_text("outcome,published,source\nproximity_labs,552,published: slides\n")
    figures = published(tmp_path)
    assert [one.figure for one in figures] == [552.0]
    assert "not been fitted" in calibration_text(figures, "en")


def test_with_one_it_counts_what_was_kept_aside_and_draws_every_figure(tmp_path: Path) -> None:
    (tmp_path / "outcomes.csv").write_text("outcome,published,source\nproximity_labs,552,published: slides\n")
    (tmp_path / "confidence").mkdir()
    (tmp_path / "confidence" / "outcomes.csv").write_text(
        "outcome,measure,use,bound,published,posterior_low,posterior_median,posterior_high,held\n"
        "proximity_labs,proximity_labs,fit,,552.0,400.0,560.0,700.0,1\n"
        "firms_involved,firms_involved,held out,,42.0,20.0,30.0,41.0,0\n"
        "citizen_projects_funded,citizen_projects_funded,held out,at least,22.0,9.0,20.0,33.0,1\n"
    )
    figures = published(tmp_path)
    assert "1 of 2" in calibration_text(figures, "en")
    drawn = ratios(figures, "it")
    assert [point["hollow"] for point in drawn["points"]] == [False, True, True]
    assert drawn["x"]["least"] <= 20 / 42
    assert drawn["x"]["most"] >= 33 / 22
    assert figures[2].said("en") == "at least 22"
    assert figures[0].source == "published: slides"


def test_a_ledger_that_is_not_there_is_no_claims(tmp_path: Path) -> None:
    assert claims(tmp_path / "none") == ()
