"""Write the page of findings from a finished comparison.

python -m experiments.facilitators_8_vs_0 out/facilitators_8_vs_0
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from simcomunita import load_study
from simcomunita.experiment.comparison import Comparison
from simcomunita.outcomes import MEASURES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROJECT_ENDS = "2019-09"
FEWEST_PAIRS = 20
SHOWN = (
    "active_now",
    "participants_now",
    "citizens_reached",
    "beneficiaries_taken_on",
    "never_askers_taken_on",
    "proximity_labs",
    "organisations_involved",
    "bridging_ties",
    "support_ties",
    "isolated_share",
    "in_crisis_now",
    "cost_euro",
)


def written(value: float, decimals: int) -> str:
    """A number as an English reader writes it."""
    return f"{value:,.{decimals}f}"


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


def differences(comparison: Comparison) -> str:
    """The futures at their end: a Markdown table."""
    table = comparison.table.set_index("measure")
    rows = ["| measure | none | eight | difference (95 %) | higher in |", "|---|---:|---:|---|---:|"]
    for name in SHOWN:
        row, decimals = table.loc[name], MEASURES[name].decimals
        figures = (row.mean_baseline, row.mean_policy, row.difference, row.ci_low, row.ci_high)
        none, eight, difference, low, high = (written(value, decimals) for value in figures)
        higher = f"{row.probability_higher:.0%}"
        rows.append(f"| {MEASURES[name].label_en} | {none} | {eight} | {difference} ({low} to {high}) | {higher} |")
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


def main(directory: str) -> None:
    """Fill the page's template and write it beside this file."""
    comparison = Comparison.read(directory)
    provenance = json.loads((Path(directory) / "provenance.json").read_text())
    if comparison.pairs < FEWEST_PAIRS or provenance["scale"] != 1:
        sys.exit(
            f"Findings stand on at least {FEWEST_PAIRS} pairs of all residents, not {comparison.pairs} at this scale."
        )
    page = (HERE / "page.md").read_text()
    for mark, text in {
        "headline": comparison.headline(),
        "published": beside_the_published(comparison),
        "differences": differences(comparison),
        "drift": drift(comparison),
        "pairs": str(comparison.pairs),
        "version": provenance["version"],
        "hash": provenance["configuration_hash"],
    }.items():
        page = page.replace(f"{{{mark}}}", text)
    (HERE / "README.md").write_text(page)
    readme = ROOT / "README.md"
    before, after = readme.read_text().split("<!-- findings -->")[0::2]
    finding = comparison.headline().splitlines()[0]
    readme.write_text(f"{before}<!-- findings -->\n{finding}\n<!-- findings -->{after}")
    (ROOT / "docs" / "pictures" / "comparison.png").write_bytes((Path(directory) / "comparison.png").read_bytes())


if __name__ == "__main__":
    main(sys.argv[1])
