"""Write the page of findings from a finished comparison.

python -m experiments.equal_money out/equal_money
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from experiments.findings import Findings, publish, spanned, table, written

HERE = Path(__file__).parent
LIKE = "facilitators"
PRICED = ("active_now", "active_years", "citizens_reached", "beneficiaries_taken_on", "needs_met")


def money(findings: Findings) -> str:
    """What each alternative costs more over the five years, and how far that is from facilitators: a Markdown table."""
    about = findings.comparison.about
    like = findings.difference("cost_euro", LIKE, about.baseline).mean
    rows = []
    for policy in about.policies:
        found = findings.difference("cost_euro", policy, about.baseline)
        runs = findings.values("cost_euro", policy) - findings.values("cost_euro", about.baseline)
        between = f"{written(runs.min(), 0)} to {written(runs.max(), 0)}"
        rows.append(
            [findings.label(policy), spanned(found, 0), written(100 * (found.mean / like - 1), 1, "+"), between]
        )
    head = ["2020 to 2024", "euro more than nothing more", "per cent off facilitators", "single runs"]
    return table(head, rows)


def by_year(findings: Findings) -> str:
    """What each alternative costs year by year: a Markdown table."""
    costs = findings.comparison.costs.pivot(index="scenario", columns="year", values="euro")
    years = [year for year in costs.columns if str(year) >= findings.months_since[0][:4]]
    rows = [
        [findings.label(name), *(written(float(euro), 0) for euro in costs.loc[name, years].to_numpy(np.float64))]
        for name in findings.comparison.about.scenarios
    ]
    return table(["euro", *(str(year) for year in years)], rows)


def main(directory: str) -> None:
    """Fill the page's template and write it beside this file."""
    findings = Findings.read(directory)
    marks = {
        "money": money(findings),
        "by_year": by_year(findings),
        "projects": findings.contrasts([("calls", "nothing_more")], ("citizen_projects_funded", "groups_started")),
        "differences": findings.against_baseline(),
        "prices": findings.prices(PRICED),
    }
    publish(HERE, directory, marks, findings)


if __name__ == "__main__":
    main(sys.argv[1])
