"""What the README says can be typed as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simcomunita.mechanisms import MONTH
from simcomunita.scenario import load_study

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL))
def test_the_python_examples_run(code, capsys):
    exec(compile(code, "README.md", "exec"), {})
    assert "active" in capsys.readouterr().out


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", README, flags=re.DOTALL))
def test_the_studies_shown_can_be_run_from_anywhere(text, tmp_path):
    (tmp_path / "shown.yaml").write_text(text, encoding="utf-8")
    assert load_study(tmp_path / "shown.yaml").scenarios


def test_the_readme_lists_the_month_in_the_order_of_the_code():
    assert re.findall(r"^\| \d+ \| `(\w+)`", README, flags=re.MULTILINE) == list(MONTH)


def test_every_link_of_the_documentation_leads_somewhere():
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
