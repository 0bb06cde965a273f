"""Run the pool of pairs (or take it up), repeat studies from it, and write the page.

python -m experiments.stopping_rule out/stopping_rule
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simcomunita import load_study
from simcomunita.experiment import Comparison, compare
from simcomunita.experiment.intervals import bootstrap_interval, paired_difference, skewness
from simcomunita.experiment.precision import Stopping, half_widths
from simcomunita.outcomes import MEASURES
from simcomunita.scenario.scenario import Precision

HERE = Path(__file__).parent
SCALE = 0.02
STUDIES = 2000
AT_MOST = 400
SEED = 20_160_201
MEASURED = ("active_now", "beneficiaries_taken_on", "citizens_reached")
WITHIN = (0.5, 0.2, 0.05, 0.02)
FIXED = 30


@dataclass(frozen=True)
class Found:
    """What many repeated studies gave: mean and 90th percentile of pairs, share at the limit, share that hold."""

    pairs: float
    most: float
    cut: float
    held: float


def holding(values: NDArray[np.float64], truth: float) -> bool:
    """Whether Student's interval of these pairs holds the truth."""
    found = paired_difference(np.zeros(len(values)), values)
    return found.low <= truth <= found.high


def stopped(pool: NDArray[np.float64], within: float, rng: np.random.Generator) -> Found:
    """Repeat studies that add pairs until the precision is reached, by the rule as shipped."""
    rule = Stopping(Precision("", within, True, AT_MOST), "", ("",))
    pairs, held = np.empty(STUDIES), np.empty(STUDIES, np.bool_)
    for study in range(STUDIES):
        drawn = rng.choice(pool, AT_MOST)
        enough = rule.enough([drawn]) or AT_MOST
        pairs[study], held[study] = enough, holding(drawn[:enough], pool.mean())
    return Found(pairs.mean(), np.quantile(pairs, 0.9), float((pairs == AT_MOST).mean()), held.mean())


def hasty(pool: NDArray[np.float64], within: float, rng: np.random.Generator) -> Found:
    """The same with a rule that looks from the fifth pair on and stops at once."""
    precision = Precision("", within, True, AT_MOST)
    pairs, held = np.empty(STUDIES), np.empty(STUDIES, np.bool_)
    for study in range(STUDIES):
        drawn = rng.choice(pool, AT_MOST)
        half, wanted = half_widths(drawn, precision)
        precise = np.flatnonzero(half[4:] <= wanted[4:])
        enough = int(precise[0]) + 5 if len(precise) else AT_MOST
        pairs[study], held[study] = enough, holding(drawn[:enough], pool.mean())
    return Found(pairs.mean(), np.quantile(pairs, 0.9), float((pairs == AT_MOST).mean()), held.mean())


def fixed(pool: NDArray[np.float64], rng: np.random.Generator) -> tuple[float, float]:
    """How often the intervals of a fixed number of pairs hold: Student's, and the bootstrap's."""
    held = np.zeros(2)
    for _ in range(STUDIES):
        drawn = rng.choice(pool, FIXED)
        low, high = bootstrap_interval(drawn, resamples=999)
        held += holding(drawn, pool.mean()), low <= pool.mean() <= high
    return float(held[0] / STUDIES), float(held[1] / STUDIES)


def rows(comparison: Comparison) -> tuple[list[str], list[str]]:
    """Two Markdown tables: stopping, and fixed numbers of pairs."""
    rng = np.random.default_rng(SEED)
    adding = [
        "| difference in | within | pairs: mean (90 % below) | at the limit | holds the truth | hasty: pairs | holds |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    standing = [
        f"| difference in | mean | skewness | Student's, {FIXED} pairs | bootstrap, {FIXED} pairs |",
        "|---|---:|---:|---:|---:|",
    ]
    for measure in MEASURED:
        pool = comparison.final(measure, "more") - comparison.final(measure, "as_funded")
        name = MEASURES[measure].label_en
        for within in WITHIN:
            ours, quick = stopped(pool, within, rng), hasty(pool, within, rng)
            adding.append(
                f"| {name} | {within:.0%} | {ours.pairs:.0f} ({ours.most:.0f}) | {ours.cut:.0%} | **{ours.held:.1%}** "
                f"| {quick.pairs:.0f} | {quick.held:.1%} |"
            )
        student, bootstrap = fixed(pool, rng)
        standing.append(f"| {name} | {pool.mean():.2f} | {skewness(pool):.1f} | {student:.1%} | {bootstrap:.1%} |")
    return adding, standing


def main(directory: str) -> None:
    """Run, repeat, and write the page beside this file."""
    comparison = compare(load_study(HERE / "study.yaml"), workers=1, scale=SCALE, out=directory)
    adding, standing = rows(comparison)
    page = (HERE / "page.md").read_text("utf-8")
    filled = page.format(
        pairs=f"{comparison.pairs:,}",
        studies=f"{STUDIES:,}",
        limit=AT_MOST,
        error=f"{1.96 * (0.95 * 0.05 / STUDIES) ** 0.5:.1%}",
        scale=f"{SCALE:.0%}",
        adding="\n".join(adding),
        standing="\n".join(standing),
        version=comparison.about.identity.version,
        hash=comparison.about.identity.configuration_hash[:16],
    )
    (HERE / "README.md").write_text(filled, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "out/stopping_rule")
