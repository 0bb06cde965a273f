"""Every lever is read by something: a field that nothing reads would promise what nothing keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import simcomunita
from simcomunita.policy.levers import FacilitatorLever, OutsideEvent

SOURCE = Path(simcomunita.__file__).parent
OTHER_NAMES = {"hours": "split", "hours_a_month": "hours", "number": "posts"}
"""Under which name a post has what the lever calls otherwise."""

FIELDS = [*FacilitatorLever.model_fields, *OutsideEvent.model_fields]


@pytest.fixture(scope="module")
def readers() -> str:
    files = (file for file in SOURCE.rglob("*.py") if "policy" not in file.relative_to(SOURCE).parts)
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("lever", FIELDS)
def test_a_lever_is_read_outside_policy(readers, lever):
    assert re.search(rf"\.{OTHER_NAMES.get(lever, lever)}\b", readers)
