from __future__ import annotations

import subprocess
import sys

import pytest

from simcomunita.app.widgets.library import FILE, SERVED_UNDER, library_file, library_text, library_url

NOTEBOOK = """
import sys
from simcomunita.app.widgets.chart import chart
from simcomunita.experiment import Comparison, Plan, run_plan
from tests.experiment.fake_community import FakeStudy, fake_model
comparison = Comparison.of(run_plan(Plan.of(FakeStudy(), 3, make_model=fake_model), 1))
made = chart(comparison, "active_now", "it")
assert [line["name"] for line in made.data["lines"]][1:] == ["Nessuno", "Aiutanti"], made.data["lines"]
assert made.data["branch"] == 22, made.data["branch"]
assert len(made.library_text) > 500_000 and made.library_url == ""
try:
    chart(comparison, "no_such")
except KeyError as error:
    assert "no_such" in str(error)
else:
    raise AssertionError
assert comparison.plot("active_now", "it").data == made.data
del sys.modules["simcomunita.app.widgets.chart"]
sys.modules["anywidget"] = None
try:
    comparison.plot()
except ImportError as error:
    assert "simcomunita[app]" in str(error), error
else:
    raise AssertionError
assert "solara" not in sys.modules, "a notebook needs no Solara"
"""


def test_a_notebook_gets_a_chart_with_all_that_it_needs_and_no_solara() -> None:
    done = subprocess.run([sys.executable, "-c", NOTEBOOK], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_library_that_is_named_to_the_page_is_the_one_on_the_disk() -> None:
    address = library_url("/below")
    assert address.startswith(f"/below{SERVED_UNDER}echarts@")
    assert address.endswith(FILE)
    assert str(library_file()).endswith(address.removeprefix(f"/below{SERVED_UNDER}"))


def test_the_library_can_be_imported_as_it_is() -> None:
    assert "export{" in library_text().replace(" ", "")[-20_000:]


def test_a_library_that_is_not_there_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    from simcomunita.app.widgets import library

    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(library.metadata, "files", absent)
    with pytest.raises(library.NoLibraryError, match=r"simcomunita\[app\]"):
        library.library_file.__wrapped__()


@pytest.mark.parametrize("file", ["chart.js", "points.js"])
def test_what_stands_around_a_chart_is_written_once(file: str) -> None:
    from simcomunita.app.widgets import script
    from simcomunita.app.widgets.chart import HERE, Chart
    from simcomunita.app.widgets.points import Points

    frame, own = script("wrapping", "shared"), (HERE / file).read_text("utf-8")
    assert {"chart.js": Chart, "points.js": Points}[file]._esm == frame + own
    for part in ("ResizeObserver", "save_picture", "createObjectURL", 'model.on("change:data"', "sc-chart-tools"):
        assert part in frame
        assert part not in own
