"""docs/claims.md: the claim that it writes is read and tried, and its tables name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simcomunita.claims.claim import ClaimPlan
from simcomunita.claims.contrasts import WAYS
from simcomunita.claims.forms import ArmForm, ClaimForm, ContrastForm
from simcomunita.claims.reading import load_claim
from simcomunita.experiment.draws import Design
from simcomunita.experiment.plan import Task
from simcomunita.experiment.running import run_plan

PAGE = (Path(__file__).parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")


@pytest.fixture
def claim(tmp_path: Path):
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "connect.yaml"
    file.write_text(text, encoding="utf-8")
    return load_claim(file)


def test_the_claim_on_the_page_can_be_tried(claim):
    plan = ClaimPlan(claim, Design(1), (Task(0, 1),), 0.02)
    (part,) = run_plan(plan).parts
    (contrast,) = claim.contrasts
    this, that = contrast.pair([part.runs[arm].series for arm in contrast.arms])
    assert this > 0.0
    assert that > 0.0
    assert this != that


def test_the_tables_name_every_key_and_every_kind():
    keys = {
        info.alias or name for form in (ClaimForm, ArmForm, ContrastForm) for name, info in form.model_fields.items()
    }
    named = set(re.findall(r"`(\w+)`", PAGE)) | set(re.findall(r"^(?:  - \{)?(\w+):", PAGE, re.MULTILINE))
    named |= set(re.findall(r"(\w+): ", PAGE))
    assert keys <= named
    assert re.findall(r"^\| `(\w+)` \| (?:one|two|three)", PAGE, re.MULTILINE) == list(WAYS)
