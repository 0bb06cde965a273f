"""A new territory to start from: a small invented one, commented, which reads and grows as it stands."""

from __future__ import annotations

import os
import re
from importlib.resources import files
from pathlib import Path

from simcomunita.configuration import ConfigurationError
from simcomunita.territory.reading import FILE
from simcomunita.writing import UnwrittenError, write_folder

_NAME = re.compile(r"[A-Za-z0-9_\-]{1,60}")


def write_template(name: str, where: Path | str) -> list[Path]:
    """Write the template of a territory called `name` into the folder `where`/`name`; returns the files
    written. The folder appears with all of them.

    Raises
    ------
    ConfigurationError
        If the name is not made of letters, digits, - and _, or the folder exists and is not empty (nothing is
        overwritten).
    UnwrittenError
        If the disk does not take it; nothing is left then.
    """
    target = Path(where) / name
    if not _NAME.fullmatch(name):
        message = "a territory's name has 1 to 60 letters (without accents), digits, - and _."
        raise ConfigurationError.of(name[:60], message, key="name")
    try:
        taken = os.path.lexists(target) and (not target.is_dir() or any(target.iterdir()))
    except OSError as error:
        raise UnwrittenError(target, error) from error
    if taken:
        raise ConfigurationError.of(target, "this exists already; nothing is overwritten. Choose another name.")
    templates = {
        source.name: source.read_text(encoding="utf-8")
        for source in sorted((files("simcomunita.territory") / "template_files").iterdir(), key=lambda file: file.name)
        if source.name.endswith((".yaml", ".csv"))
    }
    heading = re.sub(r"^name: NAME ", f"name: {name} ", templates[FILE], flags=re.MULTILINE)
    templates[FILE] = heading.replace("NAME/", f"{name}/").replace("describe NAME", f"describe {name}")
    write_folder(target, {file: text.encode() for file, text in templates.items()})
    return [target / file for file in templates]
