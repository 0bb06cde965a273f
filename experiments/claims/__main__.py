"""Keep the page of a finished trial of all claims.

python -m experiments.claims out/claims
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from simcomunita.claims.reading import known_claims, load_ledger

HERE = Path(__file__).parent
KEPT = {"page.md": "README.md", "claims.png": "claims.png", "claims.csv": "claims.csv", "tried.csv": "tried.csv"}
"""What is kept, and as what."""


def main(directory: str) -> None:
    """Copy the page, its picture, tables and provenance beside this file."""
    found = json.loads((Path(directory) / "provenance.json").read_text())
    wanted = load_ledger()
    if set(found["claims"]) != set(known_claims()):
        sys.exit("Kept is a page of all claims, not of some.")
    if len(found["draws"]) < wanted.draws or found["seeds"] < wanted.seeds or found["scale"] < wanted.scale:
        sys.exit("Kept is a page of at least as many draws, seeds and residents as the ledger says.")
    for name, kept in {**KEPT, "provenance.json": "provenance.json"}.items():
        shutil.copyfile(Path(directory) / name, HERE / kept)


if __name__ == "__main__":
    main(sys.argv[1])
