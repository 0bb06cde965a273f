"""A new territory to start from: a small invented one, commented, which reads and grows as it stands."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from simcomunita.configuration import ConfigurationError
from simcomunita.territory.reading import FILE

_NAME = re.compile(r"[A-Za-z0-9_\-]{1,60}")


def write_template(name: str, where: Path | str) -> list[Path]:
    """Write the template of a territory called `name` into the folder `where`/`name`; returns the files
    written.

    Raises
    ------
    ConfigurationError
        If the name is not made of letters, digits, - and _, or the folder exists and is not empty (nothing is
        overwritten).
    """
    folder = Path(where) / name
    if not _NAME.fullmatch(name):
        message = "a territory's name has 1 to 60 letters (without accents), digits, - and _."
        raise ConfigurationError.of(name[:60], message, key="name")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError.of(folder, "this exists already; nothing is overwritten. Choose another name.")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    templates = files("simcomunita.territory") / "template_files"
    # territory.yaml comes last: a folder that has one is whole.
    for source in sorted(templates.iterdir(), key=lambda f: (f.name == FILE, f.name)):
        if not source.name.endswith((".yaml", ".csv")):
            continue
        text = source.read_text(encoding="utf-8")
        if source.name == FILE:
            text = re.sub(r"^name: NAME ", f"name: {name} ", text, flags=re.MULTILINE)
            text = text.replace("NAME/", f"{name}/").replace("describe NAME", f"describe {name}")
        path = folder / source.name
        with path.open("x", encoding="utf-8", newline="\n") as out:
            out.write(text)
        written.append(path)
    return written
