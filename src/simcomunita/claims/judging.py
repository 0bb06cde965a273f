"""The rule by which a claim is judged; it stands here and nowhere else, and the page repeats `RULE`.

Effects are taken over draws of all parameters, each draw's from the means over its seeds, signed so that above zero is
the direction that the claim expects. Draws are independent of each other, so the interval is Student's for their mean.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from simcomunita.experiment.intervals import LEVEL, t_quantile

FEWEST_DRAWS = 8
"""Draws in which an effect is known, below which nothing is said."""

MOST_DRAWS_HOLD = 0.75
"""Share of draws in the expected direction from which a claim holds over the plausible range."""

SOME_DRAWS_HOLD = 0.25
"""Share of draws with an effect that matters from which a claim is not dismissed, if the draws truly differ."""

TRULY_DIFFERENT = 2.0
"""How many times the variance that chance leaves the draws' variance must be, to say that parameters decide."""


class Verdict(IntEnum):
    """From the weakest to the strongest."""

    NOT_BORNE_OUT = 0
    CANNOT_TELL = 1
    MIXED = 2
    BORNE_OUT = 3


NAMES: dict[Verdict, dict[str, str]] = {
    Verdict.BORNE_OUT: {"en": "borne out", "it": "confermato"},
    Verdict.MIXED: {"en": "mixed", "it": "misto"},
    Verdict.CANNOT_TELL: {"en": "cannot tell", "it": "non si può dire"},
    Verdict.NOT_BORNE_OUT: {"en": "not borne out", "it": "non confermato"},
}

RULE: dict[str, str] = {
    "en": f"""\
Of each part of a claim, in this order:

1. **cannot tell**, if its effect is known in fewer than {FEWEST_DRAWS} plausible draws;
2. **borne out**, if the 95 % interval of the mean effect lies in the direction expected, the mean is at least the
   smallest effect that would matter, and at least {MOST_DRAWS_HOLD:.0%} of the draws go in the direction expected;
3. **not borne out**, if the interval leaves out every effect that would matter, unless draws truly differ and at
   least {SOME_DRAWS_HOLD:.0%} of them show an effect that matters;
4. **cannot tell**, if the interval holds both no effect and one that would matter, and draws do not truly differ;
5. **mixed** otherwise: it depends on the parameters, or is there but small.

Draws truly differ if their effects vary at least {TRULY_DIFFERENT:.0f} times as much (in variance) as chance between
seeds alone would make them. A claim of several parts has the verdict of its weakest part, from not borne out over
cannot tell and mixed to borne out.""",
    "it": f"""\
Per ogni parte di un'affermazione, in quest'ordine:

1. **non si può dire**, se l'effetto è noto in meno di {FEWEST_DRAWS} estrazioni plausibili;
2. **confermato**, se l'intervallo al 95 % dell'effetto medio sta nella direzione attesa, la media è almeno il più
   piccolo effetto che conterebbe e almeno il {100 * MOST_DRAWS_HOLD:.0f} % delle estrazioni va nella direzione attesa;
3. **non confermato**, se l'intervallo esclude ogni effetto che conterebbe, a meno che le estrazioni differiscano
   davvero e almeno il {100 * SOME_DRAWS_HOLD:.0f} % mostri un effetto che conta;
4. **non si può dire**, se l'intervallo comprende sia nessun effetto sia uno che conterebbe, e le estrazioni non
   differiscono davvero;
5. **misto** negli altri casi: dipende dai parametri, oppure c'è ma è piccolo.

Le estrazioni differiscono davvero se i loro effetti variano (in varianza) almeno {TRULY_DIFFERENT:.0f} volte quanto il
solo caso tra i semi. Un'affermazione con più parti ha il verdetto della parte più debole, da non confermato a non si
può dire, misto e confermato.""",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the draws say of one part: shares, above zero in the direction expected; NaN where too few draws tell.

    Attributes
    ----------
    mean, low, high
        Mean effect over draws and its 95 % interval.
    holds
        Share of the draws whose effect goes in the direction expected.
    draws
        In how many draws the effect is known.
    differ
        The draws' variance as a multiple of what chance between seeds leaves; NaN with one seed.
    """

    verdict: Verdict
    mean: float
    low: float
    high: float
    holds: float
    draws: int
    differ: float


def judged(effects: NDArray[np.float64], noise: float, matters: float) -> Finding:
    """Judge one part.

    Parameters
    ----------
    effects
        One a draw, signed so that the direction expected is above zero; NaN where it is unknown.
    noise
        Variance that chance between seeds leaves in one of `effects`; NaN where nobody knows.
    matters
        The smallest effect that would matter, above zero.
    """
    known = effects[np.isfinite(effects)]
    n = len(known)
    if n < 2:
        return Finding(Verdict.CANNOT_TELL, math.nan, math.nan, math.nan, math.nan, n, math.nan)
    mean, variance = float(known.mean()), float(known.var(ddof=1))
    half = t_quantile((1.0 + LEVEL) / 2.0, n - 1) * math.sqrt(variance / n)
    low, high = mean - half, mean + half
    holds, matter = float((known > 0.0).mean()), float((known >= matters).mean())
    differ = variance / noise if noise > 0.0 else math.nan if math.isnan(noise) or variance == 0.0 else math.inf
    truly = differ >= TRULY_DIFFERENT
    rules = (
        (Verdict.CANNOT_TELL, n < FEWEST_DRAWS),
        (Verdict.BORNE_OUT, low > 0.0 and mean >= matters and holds >= MOST_DRAWS_HOLD),
        (Verdict.NOT_BORNE_OUT, high < matters and not (truly and matter >= SOME_DRAWS_HOLD)),
        (Verdict.CANNOT_TELL, low <= 0.0 and high >= matters and not truly),
        (Verdict.MIXED, True),
    )
    verdict = next(verdict for verdict, applies in rules if applies)
    return Finding(verdict, mean, low, high, holds, n, differ)


def weakest(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the verdict of a claim from those of its parts."""
    return min(verdicts)
