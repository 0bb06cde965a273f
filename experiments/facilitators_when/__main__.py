"""Write the page of findings from a finished comparison.

python -m experiments.facilitators_when out/facilitators_when
"""

from __future__ import annotations

import sys
from pathlib import Path

from experiments.findings import Findings, publish

HERE = Path(__file__).parent


def main(directory: str) -> None:
    """Fill the page's template and write it beside this file."""
    findings = Findings.read(directory)
    marks = {
        "course": findings.course("active_now"),
        "differences": findings.against_baseline(),
        "same_money": findings.contrasts([("later", "at_first")]),
        "two_more_years": findings.contrasts([("throughout", "later"), ("throughout", "at_first")]),
        "prices": findings.prices(("active_now", "active_years", "citizens_reached", "beneficiaries_taken_on")),
    }
    publish(HERE, directory, marks, findings)


if __name__ == "__main__":
    main(sys.argv[1])
