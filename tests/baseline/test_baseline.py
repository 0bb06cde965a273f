from __future__ import annotations

import importlib.util
import json
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location("renew", Path(__file__).with_name("renew.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
renew = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(renew)


def test_results_are_what_they_were():
    """Bit for bit. If they changed on purpose: python tests/baseline/renew.py, and say so in the changelog."""
    expected = json.loads(renew.EXPECTED.read_text())
    found = json.loads(json.dumps(renew.results()))
    differing = {
        f"{where}: {measure}": (value, found[where].get(measure))
        for where, row in expected.items()
        for measure, value in row.items()
        if found[where].get(measure) != value
    }
    assert differing == {}
    assert found.keys() == expected.keys()
