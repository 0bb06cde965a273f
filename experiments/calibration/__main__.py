"""Write the page of the calibration from what `simcomunita calibrate` left, and ship its posterior with the territory.

python -m experiments.calibration out/calibration
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pandas as pd

from experiments.calibration.screening import CALIBRATION
from simcomunita.calibration.reading import load_calibration

HERE = Path(__file__).parent
TERRITORY = HERE.parents[1] / "configs" / "territories" / CALIBRATION
SHIPPED = {"posterior.csv": "", "posterior.yaml": "", "outcomes.csv": "confidence"}
"""What comes with the territory, and in which of its folders: what studies draw from, and what the workshop shows."""
TABLES = ("outcomes", "parameters", "methods", "learning", "variants", "mechanisms")
PICTURES = ("outcomes", "parameters", "pairs", "ranks", "learning", "mechanisms")
SHOWN = 12
"""Parameters that the table of the screening shows."""


def screening() -> str:
    """Write the strongest parameters of the screening as a table, an effect a fitted outcome."""
    table = pd.read_csv(HERE / "screening.csv")
    fitted = [one.name for one in load_calibration(CALIBRATION).fitted]
    luck = table[table["parameter"] == "(luck)"].iloc[0]
    rows = [*table.head(SHOWN).to_dict("records"), {**luck.to_dict(), "parameter": "*luck alone*"}]
    lines = [
        f"| parameter | {' | '.join(name.replace('_', ' ') for name in fitted)} |",
        "|---|" + "---:|" * len(fitted),
    ]
    for row in rows:
        name = row["parameter"] if row["parameter"].startswith("*") else f"`{row['parameter']}`"
        lines.append(f"| {name} | " + " | ".join(f"{row[one]:.1f}" for one in fitted) + " |")
    return "\n".join(lines)


def main() -> None:
    """Keep tables and pictures, ship what comes with the territory, and write the page beside this file."""
    folder = Path(sys.argv[1])
    for name in TABLES:
        shutil.copy(folder / f"{name}.csv", HERE / f"{name}.csv")
    for name in PICTURES:
        shutil.copy(folder / f"{name}.png", HERE / f"{name}.png")
    for name, place in SHIPPED.items():
        (TERRITORY / place).mkdir(exist_ok=True)
        shutil.copy(folder / name, TERRITORY / place / name)
    told = (folder / "page.md").read_text("utf-8").split("\n", 1)[1].strip()
    ranged = len(pd.read_csv(HERE / "screening.csv")) - 2  # without the dummy and the line of luck
    page = (HERE / "page.md").read_text("utf-8")
    page = page.replace("{screening}", screening()).replace("{ranged}", str(ranged)).replace("{page}", told)
    (HERE / "README.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
