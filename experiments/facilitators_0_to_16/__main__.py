"""Write the page of findings from a finished comparison.

python -m experiments.facilitators_0_to_16 out/facilitators_0_to_16
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from experiments.facilitators_0_to_16.figure import draw
from experiments.findings import Findings, priced, publish, spanned, table
from simcomunita import load_study
from simcomunita.experiment.intervals import paired_difference

HERE = Path(__file__).parent
STUDY = "facilitators_0_to_16"
BOUGHT = ("active_now", "active_years", "citizens_reached", "beneficiaries_taken_on")


def posts() -> dict[str, int]:
    """How many facilitators every scenario pays for, in ascending order."""
    scenarios = load_study(STUDY).scenarios
    numbers = {
        name: sum(policy.facilitators.number for policy in scenario.policies if policy.facilitators)
        for name, scenario in scenarios.items()
    }
    return dict(sorted(numbers.items(), key=lambda item: item[1]))


def steps(findings: Findings, number: dict[str, int]) -> str:
    """What each further step brings, and at what price: a Markdown table."""
    head = ["step", "more active citizens", "for each further post"]
    head += [f"euro for each one more: {findings.name(name)}" for name in BOUGHT]
    rows = []
    for less, more in pairwise(number):
        found = findings.difference("active_now", more, less)
        further = number[more] - number[less]
        before, after = (findings.values("active_now", name) / further for name in (less, more))
        a_post = paired_difference(before, after)
        prices = (priced(findings.price(name, more, less)) for name in BOUGHT)
        rows.append([f"from {number[less]} to {number[more]}", spanned(found, 0), spanned(a_post, 1), *prices])
    return table(head, rows)


def yields(findings: Findings, number: dict[str, int], measure: str) -> list[NDArray[np.float64]]:
    """What a further post brings in every step, float64 (pairs) each."""
    return [
        (findings.values(measure, more) - findings.values(measure, less)) / (number[more] - number[less])
        for less, more in pairwise(number)
    ]


def diminishing(findings: Findings, number: dict[str, int]) -> str:
    """Whether a post of a step brings less than one of the step before: a Markdown table."""
    names = [f"{number[less]} to {number[more]}" for less, more in pairwise(number)]
    head = ["what a further post brings", *(f"{later} minus {earlier}" for earlier, later in pairwise(names))]
    rows = []
    for measure in BOUGHT:
        found = (paired_difference(earlier, later) for earlier, later in pairwise(yields(findings, number, measure)))
        rows.append([findings.name(measure), *(spanned(each, 1) for each in found)])
    return table(head, rows)


def main(directory: str) -> None:
    """Fill the page's template and write it, and the curve, beside this file."""
    findings, number = Findings.read(directory), posts()
    marks = {
        "steps": steps(findings, number),
        "diminishing": diminishing(findings, number),
        "growth": findings.course("active_now"),
        "differences": findings.against_baseline(),
    }
    draw(findings, number, HERE / "dose.png")
    publish(HERE, directory, marks, findings)


if __name__ == "__main__":
    main(sys.argv[1])
