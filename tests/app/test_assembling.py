"""How runs become an answer."""

from __future__ import annotations

import fake_workshop as fake
import numpy as np
import pytest
from fake_community import fake_model
from fake_workshop import WHOLE, asked

from simcomunita.app.asking import Size
from simcomunita.app.assembling import Pair, assembled
from simcomunita.app.choices import Choice
from simcomunita.app.living import Basis, Task, Worker


def test_pairs_take_draws_in_turn_and_intervals_stand_on_draws() -> None:
    basis = Basis(fake.STUDY, ("active_now", "cost_euro"), (None, None, None), fake_model)
    worker = Worker(basis, 1e9)
    lives = [
        Pair(k, worker.live(Task("n", k, 1.0), ()), worker.live(Task("h", k, 1.0), fake.fund(Choice())))
        for k in range(6)
    ]
    answer = assembled(asked(8, WHOLE), WHOLE, basis, lives)
    assert (answer.runs, answer.draws) == (6, 3)
    assert answer.by_measure["active_now"].difference.pairs == 3
    ends = [pair.current.values["active_now"][-1] - pair.baseline.values["active_now"][-1] for pair in lives]
    assert answer.by_measure["active_now"].difference.mean == pytest.approx(np.mean(ends))


def test_counts_of_a_smaller_territory_are_those_of_the_whole_and_shares_stay() -> None:
    basis = Basis(fake.STUDY, ("active_now", "isolated_share", "cost_euro"), (None,), fake_model)
    worker = Worker(basis, 1e9)
    pair = Pair(0, worker.live(Task("n", 0, 1.0), ()), worker.live(Task("h", 0, 1.0), fake.fund(Choice())))
    tenth, whole = (assembled(asked(8), Size("x", scale, 1), basis, [pair]) for scale in (0.1, 1.0))
    for name, factor in (("active_now", 10.0), ("cost_euro", 10.0), ("isolated_share", 1.0)):
        small, large = tenth.by_measure[name], whole.by_measure[name]
        assert small.difference.mean == pytest.approx(factor * large.difference.mean)
        assert small.current.middle == pytest.approx(factor * large.current.middle)
