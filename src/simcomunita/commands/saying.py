"""What commands say beside their results, in English and Italian.

Both languages stand side by side, so that neither can be forgotten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcomunita.experiment.wording import Language

NOTES: dict[str, dict[str, str]] = {
    "compiling": {
        "en": "First the model is compiled, once: about a minute.",
        "it": "Prima il modello viene compilato, una volta sola: circa un minuto.",
    },
    "aside": {
        "en": "{out} held other results; they are now in {moved}.",
        "it": "{out} conteneva altri risultati; ora si trovano in {moved}.",
    },
    "seed": {"en": "seed {seed}", "it": "seme {seed}"},
    "draw": {"en": "seed {seed}, draw {draw}", "it": "seme {seed}, estrazione {draw}"},
    "seed failed": {
        "en": "{task} failed ({where}): {error}",
        "it": "{task}: simulazione non riuscita ({where}): {error}",
    },
    "repeat": {"en": "  To repeat it: {command}", "it": "  Per ripeterla: {command}"},
    "shared history": {"en": "shared history", "it": "passato comune"},
    "its process": {"en": "its process", "it": "il suo processo"},
    "study": {
        "en": "{study}: {total} seeds, each in {scenarios} scenarios",
        "it": "{study}: {total} ripetizioni, ciascuna in {scenarios} scenari",
    },
    "all kept": {
        "en": "; all were run before and are taken up from {where}.",
        "it": "; tutte già eseguite e riprese da {where}.",
    },
    "one kept": {
        "en": "; 1 was run before and is taken up from {where}",
        "it": "; 1 già eseguita e ripresa da {where}",
    },
    "some kept": {
        "en": "; {kept} were run before and are taken up from {where}",
        "it": "; {kept} già eseguite e riprese da {where}",
    },
    "one outdated": {
        "en": "; 1 was run by other code, or is damaged, and is run again",
        "it": "; 1 eseguita con un altro codice o danneggiata, e da ripetere",
    },
    "some outdated": {
        "en": "; {outdated} were run by other code, or are damaged, and are run again",
        "it": "; {outdated} eseguite con un altro codice o danneggiate, e da ripetere",
    },
    "one process": {"en": "; 1 process.", "it": "; 1 processo."},
    "processes": {"en": "; {workers} processes.", "it": "; {workers} processi."},
    "one worker": {"en": "; 1 worker of {address}.", "it": "; 1 worker di {address}."},
    "some workers": {"en": "; {workers} workers of {address}.", "it": "; {workers} worker di {address}."},
    "waiting": {
        "en": "The cluster has no worker yet; one is waited for, up to {wait}.",
        "it": "Il cluster non ha ancora nessun worker; se ne attende uno, al massimo {wait}.",
    },
    "no worker left": {
        "en": "The cluster has no worker left; another is waited for, up to {wait}.",
        "it": "Il cluster non ha più nessun worker; se ne attende un altro, al massimo {wait}.",
    },
    "threads": {
        "en": "The worker {worker} has {threads} threads, but does one task at a time: to use all its cores, start "
        "one worker a core (dask worker ... --nthreads 1 --nworkers {threads}).",
        "it": "Il worker {worker} ha {threads} thread, ma svolge un compito alla volta: per usare tutti i suoi core, "
        "avviare un worker per core (dask worker ... --nthreads 1 --nworkers {threads}).",
    },
    "machine": {
        "en": "The workers' processors are {there}, here {here}: results can differ from a run here in their last "
        "digits.",
        "it": "I processori dei worker sono {there}, qui {here}: i risultati possono differire nelle ultime cifre da "
        "quelli ottenuti qui.",
    },
    "stopped": {"en": "Stopped.", "it": "Interrotto."},
    "bank kept": {
        "en": "Runs of the bank that are finished are kept in {where}; the same command takes them up, and fits anew.",
        "it": "Le simulazioni già concluse sono conservate in {where} e lo stesso comando le riprende; la stima "
        "ricomincia.",
    },
    "one finished": {
        "en": " 1 of {total} seeds was finished",
        "it": " Completata 1 ripetizione su {total}",
    },
    "some finished": {
        "en": " {finished} of {total} seeds were finished",
        "it": " Ripetizioni completate: {finished} su {total}",
    },
    "kept in": {
        "en": "; what is finished is kept in {where}, and the same command takes it up",
        "it": "; ciò che è completato resta in {where}, e lo stesso comando lo riprende",
    },
    "run in": {"en": "Run in {time}.", "it": "Eseguito in {time}."},
    "written": {"en": "Written: {what}", "it": "Scritto: {what}"},
    "first failure": {"en": "\nThe first failure in full:", "it": "\nIl primo errore per intero:"},
    "one failure": {
        "en": "1 of {total} seeds failed{see}.",
        "it": "1 ripetizione su {total} non è riuscita{see}.",
    },
    "some failures": {
        "en": "{failed} of {total} seeds failed{see}.",
        "it": "{failed} ripetizioni su {total} non sono riuscite{see}.",
    },
    "see": {"en": "; see {file}", "it": "; si veda {file}"},
    "run failed": {"en": "The run of {name} failed.", "it": "La simulazione di {name} non è riuscita."},
    "seeds": {"en": "{done} of {total} seeds", "it": "ripetizioni: {done} su {total}"},
    "months": {"en": "{done} of {total} months", "it": "mesi: {done} su {total}"},
    "draws": {"en": "{done} of {total} draws", "it": "estrazioni: {done} su {total}"},
    "runs": {"en": "{done} of {total} runs", "it": "simulazioni: {done} su {total}"},
    "truths": {
        "en": "{done} of {total} runs taken for the truth",
        "it": "simulazioni prese per verità: {done} su {total}",
    },
    "left": {"en": ", about {time} left", "it": ", ancora {time} circa"},
    "bar seeds": {"en": "seeds", "it": "ripetizioni"},
    "bar months": {"en": "months", "it": "mesi"},
    "bar draws": {"en": "draws", "it": "estrazioni"},
    "bar runs": {"en": "runs", "it": "simulazioni"},
    "bar truths": {"en": "truths", "it": "verità"},
    "bank": {
        "en": "{points} draws of the parameters, a run each; they are kept in {where}.",
        "it": "{points} estrazioni dei parametri, una simulazione ciascuna; restano in {where}.",
    },
    "other code": {
        "en": "Note: the bank was run by other code (version {version}); it is taken as it is.",
        "it": "Nota: le simulazioni sono state eseguite con un altro codice (versione {version}); si usano così "
        "come sono.",
    },
    "fitting": {
        "en": "Fitting to {runs} runs, then taking runs for the truth, to see whether it is found again.",
        "it": "Stima su {runs} simulazioni; poi alcune si prendono per verità, per vedere se la si ritrova.",
    },
    "without": {
        "en": "Then the model without {groups} groups of mechanisms in turn, and the complete one: {points} draws "
        "each.",
        "it": "Poi il modello senza {groups} gruppi di meccanismi, uno alla volta, e quello completo: {points} "
        "estrazioni ciascuno.",
    },
    "other readings": {
        "en": "Fitting to {readings} other readings of the figures.",
        "it": "Stima con {readings} altre letture dei dati.",
    },
    "how many runs": {
        "en": "Fitting to parts of the bank, to see how many runs are enough.",
        "it": "Stima su parti delle simulazioni, per vedere quante ne bastano.",
    },
    "sizes": {"en": "{done} of {total} fits", "it": "stime: {done} su {total}"},
    "bar sizes": {"en": "fits", "it": "stime"},
    "running again": {
        "en": "{runs} draws of the posterior are run again.",
        "it": "Si rieseguono {runs} estrazioni dalla stima.",
    },
    "truths found": {
        "en": "With {truths} runs taken for the truth, 90 % intervals of the parameters hold it in {share} % of cases.",
        "it": "Con {truths} simulazioni prese per verità, gli intervalli al 90 % dei parametri la contengono nel "
        "{share} % dei casi.",
    },
    "sample": {
        "en": "Studies of the territory draw from this posterior when {file} and posterior.yaml are copied into its "
        "folder; any study does with: draws: {{sample: {file}, number: 200}}",
        "it": "Gli studi del territorio usano questa stima se {file} e posterior.yaml si copiano nella sua cartella; "
        "uno studio qualsiasi, con: draws: {{sample: {file}, number: 200}}",
    },
    "claims": {
        "en": "{claims} claims. First {draws} plausible draws of all parameters are looked for.",
        "it": "{claims} affermazioni. Prima si cercano {draws} estrazioni plausibili di tutti i parametri.",
    },
    "screened": {
        "en": "{tried} draws tried: {kept} kept, {out} screened out.",
        "it": "{tried} estrazioni provate: {kept} tenute, {out} scartate.",
    },
    "screening": {
        "en": "First look at {parameters} parameters and a dummy:",
        "it": "Primo sguardo a {parameters} parametri e a uno fittizio:",
    },
    "closer look": {"en": "Closer look at {parameters}:", "it": "Sguardo più attento a {parameters}:"},
    "points": {
        "en": "{points} points with {seeds} seeds in {scenarios} scenarios, {runs} runs",
        "it": "{points} punti con {seeds} semi in {scenarios} scenari, {runs} simulazioni",
    },
    "about": {
        "en": "; about {time} of computing on {workers} of the computer's cores",
        "it": "; circa {time} di calcolo su {workers} processori",
    },
    "claim failed": {
        "en": "{claim}, {task} failed ({where}): {error}",
        "it": "{claim}, {task}: simulazione non riuscita ({where}): {error}",
    },
}


def said(key: str, language: Language, **values: object) -> str:
    """Return a phrase in a language."""
    return NOTES[key][language].format(**values)


def counted(key: str, number: int) -> str:
    """Return the key of a phrase for one or for several: ``one kept`` or ``some kept``."""
    return f"{'one' if number == 1 else 'some'} {key}"
