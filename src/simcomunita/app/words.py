"""What the workshop's page says, in English and Italian.

Both languages stand side by side in ``words.yaml``, so that neither can be forgotten; what levers say of themselves
stands with the levers.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language


@cache
def words() -> dict[str, dict[str, str]]:
    """Return every phrase by its key, in every language."""
    text = resources.files("simcomunita.app").joinpath("words.yaml").read_text(encoding="utf-8")
    return {str(key): dict(said) for key, said in yaml.safe_load(text).items()}


def word(key: str, language: Language, **values: object) -> str:
    """Return a phrase in a language.

    Raises
    ------
    KeyError
        If there is no such phrase, or a value that it asks for is missing.
    """
    return words()[key][language].format(**values)
