"""Run the analysis, or take up what was run, and write its findings beside this file.

python -m experiments.sensitivity out/sensitivity
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from simcomunita import load_study
from simcomunita.commands.varying import WRITTEN, Wishes, sensitivity
from simcomunita.sensitivity.analysis import Size

HERE = Path(__file__).parent
STUDY = "facilitators_8_vs_0"
PARAMETERS = ("asking.*", "spreading.*")
MEASURES = ("active_now", "citizens_reached")
SIZE = Size(trajectories=3, seeds=2, scale=0.05, keep=0, workers=os.cpu_count() or 1)


def command() -> str:
    """The command line that gives the same."""
    chosen = " ".join(f"--parameters '{pattern}'" for pattern in PARAMETERS)
    measures = " ".join(f"--measure {name}" for name in MEASURES)
    return (
        f"simcomunita sensitivity {load_study(STUDY).name} {chosen} {measures} --trajectories {SIZE.trajectories} "
        f"--keep {SIZE.keep} --seeds {SIZE.seeds} --scale {SIZE.scale:g}"
    )


def main(directory: Path) -> None:
    """Run, and write the page, the pictures and the tables."""
    sensitivity(STUDY, SIZE, Wishes(PARAMETERS, MEASURES, directory, "en"))
    for name in WRITTEN:
        if name != "page.md" and (directory / name).exists():
            (HERE / name).write_bytes((directory / name).read_bytes())
    title, rest = (directory / "page.md").read_text("utf-8").split("\n", 1)
    told = (HERE / "page.md").read_text("utf-8").format(command=command())
    (HERE / "README.md").write_text(f"{title}\n\n{told.strip()}\n{rest}", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/sensitivity"))
