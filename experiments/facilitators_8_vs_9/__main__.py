"""Write the page of findings from a finished comparison.

python -m experiments.facilitators_8_vs_9 out/facilitators_8_vs_9
"""

from __future__ import annotations

import sys
from pathlib import Path

from experiments.findings import Findings, publish, written

HERE = Path(__file__).parent
PRICED = ("active_now", "active_years", "citizens_reached", "beneficiaries_taken_on")
WITHIN = 0.2


def pairs_for(findings: Findings, measure: str) -> str:
    """How many pairs would know a difference within a fifth of itself, by these runs' spread."""
    found = findings.difference(measure, "nine", "eight")
    half = (found.high - found.low) / 2
    return written(found.pairs * (half / (WITHIN * abs(found.mean))) ** 2, 0)


def main(directory: str) -> None:
    """Fill the page's template and write it beside this file."""
    findings = Findings.read(directory)
    marks = {
        "differences": findings.two(),
        "prices": findings.prices(PRICED),
        "wanted": pairs_for(findings, "active_now"),
        "wanted_years": pairs_for(findings, "active_years"),
    }
    publish(HERE, directory, marks, findings)


if __name__ == "__main__":
    main(sys.argv[1])
