"""What is no error in a study, but may not be what its author meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcomunita.experiment.wording import month_text

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language
    from simcomunita.scenario import Study

_GOES_ON = {
    "en": 'Note: "{policy}", a policy of the history, is funded through {until}. It does not end in {start}, where the '
    "scenarios part: it goes on in every one of them, besides what each funds itself.",
    "it": "Nota: «{policy}», una politica del passato comune, è finanziata fino a tutto {until}. Non finisce "
    "quando gli scenari si separano ({start}): continua in ciascuno di essi, oltre a ciò che ciascuno finanzia.",
}

_OWN = {
    "en": "Note: the history says {names} itself, so that the territory's posterior does not go with it; parameters "
    "are as configured.",
    "it": "Nota: il passato comune fissa da sé {names}, e la distribuzione a posteriori del territorio non vi si "
    "adatta; i parametri sono quelli configurati.",
}


def remarks(study: Study, language: Language) -> list[str]:
    """Say which policies of the history outlast it, and that it says itself what was calibrated."""
    start = month_text(study.branch_at, language)
    told = study.unlike and study.parameters is None and study.draws is None
    own = [_OWN[language].format(names=", ".join(study.unlike))] if told else []
    return own + [
        _GOES_ON[language].format(policy=policy.name, until=month_text(policy.until, language), start=start)
        for policy in study.outlasting
    ]
