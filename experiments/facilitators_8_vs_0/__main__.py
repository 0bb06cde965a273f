"""Write the page of findings from a finished comparison.

python -m experiments.facilitators_8_vs_0 out/flagship
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.findings import SHOWN, SUMMED, Findings, written
from simcomunita import load_study
from simcomunita.experiment.comparison import Comparison
from simcomunita.outcomes import MEASURES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROJECT_ENDS = "2019-09"
FEWEST_PAIRS = 20
STRONGEST = 6
"""Parameters that the page names."""
NOT_SHOWN = {*SUMMED, "needs_met"}


def beside_the_published(comparison: Comparison) -> str:
    """The project's end, simulated and published: a Markdown table."""
    published = {outcome.outcome: outcome for outcome in load_study("facilitators_8_vs_0").history.territory.outcomes}
    series = comparison.series
    end = series[(series["month"] == PROJECT_ENDS) & (series["scenario"] == series["scenario"].iloc[0])]
    rows = ["| outcome | published | simulated: mean | from | to |", "|---|---:|---:|---:|---:|"]
    for name, outcome in published.items():
        if name in end.columns:
            values, decimals = end[name], 2 if outcome.published < 1 else 0
            figures = (outcome.published, values.mean(), values.min(), values.max())
            rows.append(f"| {MEASURES[name].label_en} | " + " | ".join(written(v, decimals) for v in figures) + " |")
    return "\n".join(rows)


def drift(comparison: Comparison) -> str:
    """How far the network moves by itself, in the future without facilitators: a Markdown table."""
    alone = comparison.series[comparison.series["scenario"] == "none"].groupby("month").mean(numeric_only=True)
    dates = ("2016-02", "2018-01", "2019-12", "2024-12")
    rows = ["| measure | " + " | ".join(dates) + " |", "|---|" + "---:|" * len(dates)]
    for name in ("ties", "support_ties", "isolated_share", "bridging_ties"):
        figures = (written(alone.loc[date, name], MEASURES[name].decimals) for date in dates)
        rows.append(f"| {MEASURES[name].label_en} | " + " | ".join(figures) + " |")
    return "\n".join(rows)


def prices(comparison: Comparison) -> dict[str, str]:
    """Between which prices of one more active citizen nine draws in ten lie, in euro to two digits."""
    cost, gain = (comparison.gains(name, "eight") for name in ("cost_euro", "active_now"))
    low, high = np.quantile(cost / gain, (0.05, 0.95))
    return {"cheapest": f"{round(low, -2):,.0f}", "dearest": f"{round(high, -2):,.0f}"}


def hangs_on(comparison: Comparison) -> str:
    """The parameters with whose draws the effect goes up or down most: a Markdown table of rank correlations."""
    posterior = load_study("facilitators_8_vs_0").drawn_from
    assert posterior is not None
    drawn = pd.DataFrame([posterior.values(int(draw)) for draw in comparison.draws])
    gains = pd.Series(comparison.final("active_now", "eight") - comparison.final("active_now", "none"))
    together = drawn.rank().corrwith(gains.rank())
    strongest = together.reindex(together.abs().sort_values(ascending=False).index).head(STRONGEST)
    rows = ["| parameter | goes with the effect |", "|---|---:|"]
    return "\n".join(rows + [f"| `{name}` | {value:+.2f} |" for name, value in strongest.items()])


def main(directory: str) -> None:
    """Fill the page's template and write it beside this file."""
    findings = Findings.read(directory, FEWEST_PAIRS)
    comparison = findings.comparison
    marks = {
        "published": beside_the_published(comparison),
        "differences": findings.two([name for name in SHOWN if name not in NOT_SHOWN]),
        "drift": drift(comparison),
        **prices(comparison),
        "hangs_on": hangs_on(comparison),
        "spread": f"{comparison.gains('active_now', 'eight').std(ddof=1):,.0f}",
    }
    findings.write(HERE, marks)
    readme = ROOT / "README.md"
    before, after = readme.read_text().split("<!-- findings -->")[0::2]
    finding = comparison.headline().splitlines()[0]
    readme.write_text(f"{before}<!-- findings -->\n{finding}\n<!-- findings -->{after}")
    findings.copy(["comparison.png"], ROOT / "docs" / "pictures")


if __name__ == "__main__":
    main(sys.argv[1])
