from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simcomunita.app.asking import COST, FINE, QUICK, Answer, Band, Outcome, Question, Size, headline
from simcomunita.app.choices import PRESETS, Choice
from simcomunita.app.saying import effect, money, stands_on
from simcomunita.experiment.intervals import paired_difference, price
from simcomunita.months import month_name, parse_month

MONTHS = tuple(month_name(parse_month("2020-01") + k) for k in range(60))
NOTHING = np.zeros(60)


def _outcome(measure: str, gains: list[float], better: float, spent: list[float] | None = None) -> Outcome:
    band = Band(NOTHING, NOTHING, NOTHING)
    found = paired_difference(np.zeros(len(gains)), np.array(gains))
    return Outcome(measure, band, band, found, better, price(spent or [], gains if spent else []))


def _answer(gains: list[float], size: Size = FINE, measure: str = "active_now", euro: float = 1_790_000.0) -> Answer:
    spent = [euro + 1000.0 * (k % 3) * (euro != 0.0) for k in range(len(gains))]
    better = float(np.mean(np.array(gains) > 0.0))
    by_measure = {
        measure: _outcome(measure, gains, better, spent),
        COST: _outcome(COST, spent, 0.0),
    }
    asked = Question(Choice.of(facilitators=9))
    return Answer(asked, size, MONTHS, 0, len(gains), size.pairs, 0, 6_674, 66_737, 1, True, by_measure)


CLEAR = [500.0 + 10.0 * (k % 5) for k in range(20)]


def test_a_clear_gain_is_said_with_its_interval_and_share_of_runs() -> None:
    assert effect(_answer(CLEAR)) == (
        "520 more active citizens at the end of December 2024, compared with “No facilitators” "
        "(between 513 and 527); better in 20 of 20 runs."
    )
    assert effect(_answer(CLEAR), "it") == (
        "520 cittadini attivi in più a fine dicembre 2024, rispetto a «Nessun facilitatore» (tra 513 e 527); "
        "meglio in 20 simulazioni su 20."
    )
    assert "fewer" in effect(_answer([-gain for gain in CLEAR]))


def test_where_the_interval_holds_zero_nothing_is_claimed() -> None:
    unclear = _answer([300.0, -250.0, 120.0, -160.0, 90.0, -80.0])
    assert effect(unclear).startswith("These runs cannot tell a rise from a fall in active citizens")
    assert effect(unclear).endswith("better in 3 of 6 runs.")
    assert effect(unclear, "it").startswith("Queste simulazioni non distinguono")
    assert "for each" not in money(unclear)


def test_one_run_proves_nothing_and_says_so() -> None:
    assert effect(_answer([540.0])).endswith("one run alone proves nothing.")
    assert "nan" not in headline(_answer([540.0]), "it").lower()
    assert "–" not in headline(_answer([540.0]))


def test_what_is_compared_with_itself_differs_in_nothing() -> None:
    same = replace(_answer([0.0, 0.0], euro=0.0), question=Question(PRESETS["none"].choice))
    assert effect(same, "it") == "È lo stesso termine di paragone: nulla cambia."
    assert money(same) == "It costs as much as the comparison."


def test_money_is_of_a_year_and_of_each_one_more() -> None:
    said = money(_answer(CLEAR))
    assert said.startswith("It costs 358,000 euro a year more; over 5 years")
    assert "3,440 euro" in said
    assert money(_answer(CLEAR, euro=-1_790_000.0), "it").startswith("Costa 358.000 euro in meno all'anno")
    wide = money(_answer([-gain for gain in CLEAR], euro=500.0))
    assert wide == "It costs 290 euro a year more (between 213 and 367)."
    shares = _answer([0.01, 0.02, 0.03], measure="isolated_share")
    assert money(shares, measure="isolated_share").count("euro") == 1


@pytest.mark.parametrize("lang", ["en", "it"])
def test_it_is_said_how_many_runs_and_people_it_stands_on(lang: str) -> None:
    part = stands_on(_answer(CLEAR[:3], replace(QUICK, pairs=12)), lang)
    words = {"en": "3 runs of 12 so far", "it": "3 simulazioni su 12 finora"}
    people = {"en": "6,674 of the 66,737 residents", "it": "6.674 dei 66.737 residenti"}
    few = {"en": "far off", "it": "impreciso"}
    assert all(said[lang] in part for said in (words, people, few))
    whole = stands_on(replace(_answer(CLEAR, Size("fine", 1.0, 20)), failed=1), lang)
    assert {"en": "all 66,737 residents", "it": "tutti i 66.737 residenti"}[lang] in whole
    assert {"en": "left out", "it": "escluse"}[lang] in whole
    assert few[lang] not in whole


def test_a_share_is_said_in_points() -> None:
    down = _answer([-0.021, -0.022, -0.023], measure="isolated_share")
    assert "“Nobody to count on beyond the family” down by 2.20 percentage points" in effect(
        down, measure="isolated_share"
    )
