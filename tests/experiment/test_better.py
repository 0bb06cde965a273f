"""Which way measures are better."""

from __future__ import annotations

from simcomunita.experiment import better as ways
from simcomunita.experiment.better import BETTER, better, sign
from simcomunita.outcomes import MEASURES


def test_of_every_measure_it_is_said_once_which_way_is_better() -> None:
    said = (ways._HIGHER + ways._LOWER + ways._NEITHER).split()
    assert sorted(said) == sorted(MEASURES)
    assert set(BETTER) == set(MEASURES)


def test_isolation_and_money_are_better_less_and_hours_are_neither() -> None:
    assert (better("isolated_share"), better("cost_euro"), better("active_now")) == ("lower", "lower", "higher")
    assert all(better(name) == "neither" for name in MEASURES if name.startswith("hours_"))
    assert (sign("isolated_share"), sign("hours_hook"), sign("active_now")) == (-1.0, 0.0, 1.0)


def test_of_what_nobody_described_nothing_is_said() -> None:
    assert better("happiness") == "neither"
