"""Configuration: reading, composing, validating scenarios and studies."""

from __future__ import annotations

from simcomunita.scenario.forms import Words
from simcomunita.scenario.names import shipped_root
from simcomunita.scenario.reading import Kind, check_file, load_scenario, load_study
from simcomunita.scenario.scenario import Branch, Scenario, Study

__all__ = [
    "Branch",
    "Kind",
    "Scenario",
    "Study",
    "Words",
    "check_file",
    "load_scenario",
    "load_study",
    "shipped_root",
]
