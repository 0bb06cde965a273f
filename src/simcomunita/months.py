"""Months as whole numbers, so that dates can be added, compared and used as keys.

A month is ``year * 12 + (month - 1)``: 2016-02 is 24193.
"""

from __future__ import annotations

import re

_FORM = re.compile(r"(\d{4})-(\d{2})")

MOST_MONTHS = 600
"""Months that one run may have, from its first to its last."""


def parse_month(text: str) -> int:
    """Read ``"2016-02"`` as a month number.

    Raises
    ------
    ValueError
        If the text is no month of the form YYYY-MM.
    """
    found = _FORM.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= 12:
        raise ValueError(f'"{text}" is no month; expected YYYY-MM, for example 2020-01')
    return int(found[1]) * 12 + int(found[2]) - 1


def month_name(month: int) -> str:
    """Write a month number as ``"2016-02"``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
