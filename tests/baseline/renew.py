"""Renew the frozen results, on purpose: python tests/baseline/renew.py

A commit that renews them says so, and the changelog marks the entry as changing results.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

from simcomunita import CommunityModel, load_study

EXPECTED = Path(__file__).with_name("expected.json")
SCALE = 0.1
SEEDS = (1, 2)


def results() -> dict[str, dict[str, float | None]]:
    """Outcomes of the flagship study at a small scale, by seed, future and month; none where there is none to tell."""
    study = load_study(Path(__file__).parents[2] / "configs" / "studies" / "facilitators_8_vs_0.yaml")
    found = {}
    for seed in SEEDS:
        past = CommunityModel(study.history, seed, SCALE).advance_to("2016-06")
        found[f"{seed} past 2016-06"] = past.outcomes()
        past.advance_to("2019-12")
        found[f"{seed} past 2019-12"] = past.outcomes()
        for name, branch in study.scenarios.items():
            found[f"{seed} {name} 2021-12"] = past.branch(branch.policies, name).advance_to("2021-12").outcomes()
    return {
        where: {name: None if math.isnan(value) else value for name, value in row.items()}
        for where, row in found.items()
    }


if __name__ == "__main__":
    EXPECTED.write_text(json.dumps(results(), indent=1) + "\n")
    print(f"wrote {EXPECTED.name}")
