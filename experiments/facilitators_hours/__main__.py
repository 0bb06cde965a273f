"""Write the page of findings from a finished comparison.

python -m experiments.facilitators_hours out/facilitators_hours
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from experiments.findings import SHOWN, Findings, publish, table, written

HERE = Path(__file__).parent
TASKS = ("casework", "map", "hook", "connect", "run_groups", "document", "evaluate")
NEEDS = ("needs_met_formal", "needs_met_informal", "needs_met_mixed")


def hours(findings: Findings) -> str:
    """Where the hours of the five years really went, as evaluation moved them: a Markdown table of per cent."""
    branch = findings.months_since[0]
    series = findings.comparison.series
    before = series[series["month"] < branch].groupby(["scenario", "seed"])[[f"hours_{task}" for task in TASKS]].last()
    rows = []
    for scenario in findings.comparison.about.scenarios:
        after = [findings.values(f"hours_{task}", scenario).mean() for task in TASKS]
        spent = (np.array(after) - before.loc[scenario].to_numpy(np.float64).mean(axis=0)).tolist()
        rows.append([findings.label(scenario), *(written(100 * one / sum(spent), 0) for one in spent)])
    return table(["per cent of the hours worked", *(task.replace("_", " ") for task in TASKS)], rows)


def main(directory: str) -> None:
    """Fill the page's template and write it beside this file."""
    findings = Findings.read(directory)
    shown = [name for name in SHOWN if name != "needs_met"] + ["promoters_now", "groups_on_their_own", *NEEDS]
    publish(HERE, directory, {"hours": hours(findings), "differences": findings.against_baseline(shown)}, findings)


if __name__ == "__main__":
    main(sys.argv[1])
