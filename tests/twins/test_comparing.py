"""The comparison of kernels and twins lets nothing pass."""

from __future__ import annotations

import numpy as np
import pytest

from tests.twins import assert_same_bits

HALF = np.array([0.5, 0.25], np.float32)


@pytest.mark.parametrize(
    "other",
    [
        np.nextafter(HALF, np.float32(1)),
        HALF.astype(np.float64),
        HALF[:1],
        HALF[::-1].copy(),
        np.array([0.5, -0.25], np.float32),
    ],
    ids=["a bit more", "wider", "shorter", "turned", "negative"],
)
def test_any_difference_is_noticed(other):
    assert_same_bits((HALF, 3), (HALF.copy(), 3))
    with pytest.raises(AssertionError):
        assert_same_bits(HALF, other)
    with pytest.raises(AssertionError):
        assert_same_bits((HALF, HALF), (HALF, other))
    with pytest.raises(AssertionError):
        assert_same_bits((HALF,), (HALF, HALF))


def test_the_sign_of_nothing_is_noticed():
    with pytest.raises(AssertionError):
        assert_same_bits(np.array([0.0]), np.array([-0.0]))
