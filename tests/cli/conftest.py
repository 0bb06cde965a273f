from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.warm import Warm

CONFIGS = Path(__file__).parents[2] / "configs"
COMMAND = [sys.executable, "-m", "simcomunita"]

STUDY = """\
name: short
question: {en: "What do helpers change?", it: "Che cosa cambiano gli aiutanti?"}
history: ../scenarios/beginning.yaml
branch_at: 2016-06
until: 2016-10
baseline: none
parameters: point
scenarios:
  eight:
    label: {en: Eight helpers, it: Otto aiutanti}
    policies: [{name: eight, from: 2016-06, until: 2016-10, facilitators: {number: 8}}]
  none:
    label: {en: Nobody, it: Nessuno}
    policies: []
seeds: 3
headline: [active_now, citizens_reached, isolated_share, cost_euro]
"""

BEGINNING = """\
name: beginning
territory: ../territories/bassa_bresciana_orientale
start: 2016-02
end: 2016-05
costs: ../costs/lombardy.yaml
policies: []
"""

Answer = subprocess.CompletedProcess[str]
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of nine months on the real territory."""
    configs = tmp_path_factory.mktemp("own") / "configs"
    shutil.copytree(CONFIGS, configs)
    (configs / "scenarios" / "beginning.yaml").write_text(BEGINNING)
    file = configs / "studies" / "short.yaml"
    file.write_text(STUDY)
    return file


@pytest.fixture(scope="session")
def scenario(study: Path) -> Path:
    """A scenario of four months on the real territory."""
    return study.parents[1] / "scenarios" / "beginning.yaml"


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask the command line as a script would."""
    warm = Warm(tmp_path_factory.mktemp("printed"))

    def ask(*words: object, **environment: str) -> Answer:
        if not environment:
            return warm.ask(list(map(str, words)))
        return subprocess.run(
            [*COMMAND, *map(str, words)],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1", **environment},
        )

    yield ask
    warm.close()
