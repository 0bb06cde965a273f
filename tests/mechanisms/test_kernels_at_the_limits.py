"""What kernels promise holds at the limits of their parameters too."""

from __future__ import annotations

import numpy as np
import pytest

from simcomunita.mechanisms.encounters import in_a_focus
from simcomunita.mechanisms.erosion import ErosionParameters, fade
from simcomunita.network import FormedBy, Memberships, TieKind
from simcomunita.randomness import Chance
from tests.twins.scenes import FEW, scene


def faded(p: ErosionParameters, columns):
    """The strengths after a month."""
    model = scene(FEW, "lived").model
    old = np.int16(model.month - p.young)
    fade(columns, model.time_share, p.changes(), p.limits(), old, model.chance.key("test.fading"))
    return columns[2]


def test_dissolved_ties_stay_dissolved():
    columns = scene(FEW, "lived").columns()
    columns[2][::2] = 0
    after = faded(ErosionParameters(), columns)
    assert (after[::2] == 0).all()
    assert (after[1::2] > 0).any()


def test_dissolved_ties_stay_dissolved_where_meetings_give_much_and_little_is_forgotten():
    """With values that the parameters' own ranges hold plausible."""
    columns = scene(FEW, "lived").columns()
    columns[2][::2] = 0
    after = faded(ErosionParameters(renewal=0.06, forgotten=0.05), columns)
    assert (after[::2] == 0).all()


@pytest.mark.parametrize("rates", [0.0, 1.0])
@pytest.mark.parametrize("forgotten", [0.0, 1.0])
def test_fading_keeps_strength_and_trust_between_nothing_and_all(rates, forgotten):
    kinds = ("kin", "friend", "neighbour", "colleague", "group")
    wear = {f"wear_{kind}": rates for kind in kinds}
    p = ErosionParameters(**wear, young_wear=10, renewal=rates, trust_renewal=rates, forgotten=forgotten)
    columns = scene(FEW, "stirred").columns()
    for _ in range(5):
        strength = faded(p, columns)
        assert strength.min() >= 0
        assert strength.max() <= 1
        assert columns[3].min() >= 0
        assert columns[3].max() <= 1


def test_people_who_live_together_stay_tied_as_they_are():
    columns = scene(FEW, "lived").columns()
    together = columns[5] == FormedBy.HOUSEHOLD
    before = columns[2].copy()
    after = faded(ErosionParameters(wear_kin=1, forgotten=0.05, renewal=1), columns)
    assert together.sum() > 100
    assert np.array_equal(after[together], before[together])


def turns_to_the_second_focus(openness: float) -> float:
    """Of people with two foci, each shared with one other person, the share of meetings that the second focus has."""
    n = 4_000
    one = np.arange(n)
    foci = Memberships.of(2 * n, 3 * n, np.tile(np.arange(2 * n), 2), np.concatenate([one, one, n + np.arange(2 * n)]))
    everybody = np.full(3 * n, 1e-9, np.float32)
    everybody[one] = openness
    traits = (np.full(3 * n, 40, np.uint8), np.zeros(3 * n, np.uint8), np.zeros(3 * n, np.float32))
    rows = (foci.by_person, foci.focus_of, foci.by_focus, foci.person)
    what = (np.uint64(FormedBy.ASSOCIATION), np.uint64(TieKind.FRIEND))
    keys = tuple(Chance(1).key(f"test.{step}") for step in ("who", "whom", "accept"))
    met = in_a_focus(rows, traits, (12.0, 1.0, 1.0, 1.0), everybody, 0.9, what, keys)
    assert len(met) > 500
    return float((met >> np.uint64(8) & np.uint64(0xFFFFFF) >= 2 * n).mean())


@pytest.mark.parametrize("openness", [0.5, 1.0])
def test_people_turn_to_each_of_two_foci_equally_often(openness):
    assert 0.45 < turns_to_the_second_focus(openness) < 0.55


def test_people_who_are_sure_to_meet_somebody_turn_to_each_of_two_foci_equally_often():
    """Openness goes up to 2, the chance of a meeting with it to 1.8."""
    assert 0.45 < turns_to_the_second_focus(2.0) < 0.55
