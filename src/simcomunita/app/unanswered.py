"""Why a question has no answer, in the words of who asked."""

from __future__ import annotations

from collections.abc import Mapping

_TEXTS = {
    "busy": {
        "en": "Too many people are asking at the moment; please try again in a minute.",
        "it": "Troppe persone stanno chiedendo in questo momento; si prega di riprovare tra un minuto.",
    },
    "broken": {
        "en": "No run of this question came to its end ({error}). Other choices may still be answered.",
        "it": "Nessuna simulazione di questa domanda è arrivata alla fine ({error}). Altre scelte possono ancora "
        "avere risposta.",
    },
    "closed": {
        "en": "The server is closing; nothing more is answered.",
        "it": "Il server si sta chiudendo; non si risponde più.",
    },
}


class AnswerError(RuntimeError):
    """There is no answer; `texts` says why in each language."""

    def __init__(self, key: str, **values: object) -> None:
        self.texts: Mapping[str, str] = {lang: text.format(**values) for lang, text in _TEXTS[key].items()}
        super().__init__(self.texts["en"])


class BusyError(AnswerError):
    """No more questions are taken just now."""
