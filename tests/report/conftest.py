from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simcomunita.experiment import Comparison, Plan, run_plan
from simcomunita.experiment.about import About, Funded
from simcomunita.experiment.plan import Identity
from simcomunita.months import month_name, parse_month

# The fake community lives beside the tests of experiments.
EXPERIMENT = str(Path(__file__).parents[1] / "experiment")
if EXPERIMENT not in sys.path:
    sys.path.insert(0, EXPERIMENT)

START, BRANCH_AT, UNTIL = parse_month("2018-01"), parse_month("2020-01"), parse_month("2021-12")

LABELS = {"none": "Nothing"}

Finals = Mapping[str, Mapping[str, Sequence[float]]]
Make = Callable[..., Comparison]


def comparison_of(finals: Finals, *, scale: float = 1.0, draws: Sequence[int] | None = None) -> Comparison:
    """A comparison whose runs end with these values, by scenario and measure; the first scenario is the baseline."""
    names, pairs = list(finals), len(next(iter(next(iter(finals.values())).values())))
    numbers = list(draws or [0] * pairs)
    seeds = [1 + numbers[:i].count(numbers[i]) for i in range(pairs)]
    measures = list(finals[names[0]])
    runs, series = [], []
    for name in names:
        for i in range(pairs):
            final = {measure: float(finals[name][measure][i]) for measure in measures}
            runs.append({"scenario": name, "seed": seeds[i], "draw": numbers[i], **final})
            for month in range(START, UNTIL + 1):
                passed = (month - BRANCH_AT + 1) / (UNTIL - BRANCH_AT + 1)
                values = {measure: max(passed, 0.0) * end for measure, end in final.items()}
                key = {"scenario": name, "seed": seeds[i], "draw": numbers[i], "month": month_name(month)}
                series.append({**key, **values})
    about = About(
        identity=Identity("made", "a" * 64, scale, "0.1.0", "b" * 16),
        question={"en": "What do <helpers> change?", "it": "Che cosa cambiano gli <aiutanti>?"},
        territory={"en": "Plain Land", "it": "Terra Piana"},
        residents=1234,
        labels={name: {"en": LABELS.get(name, name.capitalize()), "it": f"{name.capitalize()} (it)"} for name in names},
        baseline=names[0],
        start=START,
        branch_at=BRANCH_AT,
        until=UNTIL,
        headline=tuple(measures),
        funded=(
            Funded("helpers", names[-1], BRANCH_AT, UNTIL, {"facilitators": {"number": 8, "hours_a_month": 130.0}}),
        ),
        prices={"name": "here", "prices_of": 2020}
        | {"facilitator": {"value": 37000.0, "unit": "euro", "low": 32000.0, "high": 42000.0, "source": "Accounts."}},
    )
    return Comparison(about, pd.DataFrame(runs), pd.DataFrame(series), saved=PROVENANCE)


PROVENANCE = {
    "written": "2026-03-05T14:07:00+00:00",
    "python": "3.12.1",
    "packages": {"numpy": "2.3.0"},
    "failures": [],
}


def around(mean: float, pairs: int = 12, width: float = 2.0) -> list[float]:
    """Numbers around a mean, always the same."""
    noise = np.random.default_rng(pairs).normal(size=pairs)
    return list(mean + width * (noise - noise.mean()))


@pytest.fixture(scope="session")
def clear_rise() -> Comparison:
    return comparison_of(
        {
            "none": {"active_now": around(100), "isolated_share": [0.2] * 12, "cost_euro": [1000.0] * 12},
            "helped": {
                "active_now": around(150, width=5),
                "isolated_share": around(0.19, width=0.001),
                "cost_euro": around(201_000, width=100),
            },
        }
    )


@pytest.fixture(scope="session")
def several() -> Comparison:
    return comparison_of(
        {
            "none": {"active_now": around(100), "support_ties": around(5, width=0.5), "cost_euro": [0.0] * 12},
            "few": {"active_now": around(120, width=3), "support_ties": around(5, width=0.4), "cost_euro": [1e5] * 12},
            "many": {"active_now": around(150, width=4), "support_ties": around(5, width=0.6), "cost_euro": [3e5] * 12},
        },
        scale=0.25,
    )


@pytest.fixture(scope="session")
def fake() -> Comparison:
    from fake_community import FakeStudy, fake_model

    return Comparison.of(run_plan(Plan.of(FakeStudy(), 6, make_model=fake_model)))
