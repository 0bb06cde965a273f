"""What the page of a calibration says of other readings, of mechanisms, of the number of runs, of what it misses."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    # -- other readings --
    "variants": {"en": "## If the figures mean something else\n", "it": "## Se i dati vogliono dire altro\n"},
    "variants are": {
        "en": "The same {runs} runs were fitted once more for each other reading, by the same method. What was learned "
        "of a parameter counts as changed if an end of its 90 % interval moves by more than half the old width. All "
        "intervals are in `variants.csv`.\n",
        "it": "Le stesse {runs} simulazioni sono state usate per una nuova stima con ogni altra lettura, con lo stesso "
        "metodo. Ciò che si è appreso di un parametro conta come cambiato se un estremo del suo intervallo al 90 % si "
        "sposta di oltre metà della vecchia ampiezza. Tutti gli intervalli sono in `variants.csv`.\n",
    },
    "variants none": {
        "en": "**None of {all} other readings changes what was learned, or which held-out figures are predicted.** "
        "What the figures mean exactly matters little here.\n",
        "it": "**Nessuna delle {all} altre letture cambia ciò che si è appreso, né quali dati non usati sono "
        "previsti.** Che cosa i dati vogliano dire esattamente qui conta poco.\n",
    },
    "variants some": {
        "en": "**{moved} of {all} other readings change what was learned of some parameter; {other} of {all} change "
        "which held-out figures are predicted.** Whoever knows how a figure was counted should say so in the "
        "calibration's file.\n",
        "it": "**{moved} letture su {all} cambiano ciò che si è appreso di qualche parametro; {other} su {all} "
        "cambiano "
        "quali dati non usati sono previsti.** Chi sa come un dato è stato contato lo scriva nel file della "
        "calibrazione.\n",
    },
    "variants head": {
        "en": "| if | parameters of which something else is learned | held-out figures predicted | what changes there "
        "|",
        "it": "| se | parametri di cui si apprende altro | dati non usati previsti | che cosa cambia lì |",
    },
    "moves": {"en": "`{key}`: {new} instead of {old}", "it": "`{key}`: {new} invece di {old}"},
    "nothing moves": {"en": "none", "it": "nessuno"},
    "of held": {"en": "{inside} of {all}", "it": "{inside} su {all}"},
    "now inside": {"en": "now predicted: {names}", "it": "ora previsti: {names}"},
    "now missed": {"en": "now missed: {names}", "it": "ora mancati: {names}"},
    "nothing": {"en": "nothing", "it": "nulla"},
    "variant because": {"en": "- *{label}*: {because}", "it": "- *{label}*: {because}"},
    # -- mechanisms --
    "mechanisms": {
        "en": "## Which mechanisms do the figures need?\n",
        "it": "## Di quali meccanismi hanno bisogno i dati?\n",
    },
    "mechanisms are": {
        "en": "Each was left out in {runs} runs with {share} % of the residents; the complete model was run at the "
        "same "
        "draws with the same seeds. The errors of the figures are stated, so how probable what was published is given "
        "a "
        "run can be worked out exactly; its mean over all runs says how probable it is under the model. The intervals "
        "(90 %) are over the draws. *Effective runs*: how many runs come near enough to carry a mean; under {enough} "
        "it cannot be told. *Surrogate*: the same from polynomials fitted to the runs, which need fewer of them and "
        "assume more; a hint, no proof. That figures do not need a mechanism does not say that it is not at work: only "
        "that these figures cannot show it.\n",
        "it": "Ciascuno è stato tolto in {runs} simulazioni con il {share} % dei residenti; il modello completo è "
        "stato "
        "eseguito con le stesse estrazioni e gli stessi semi. Gli errori dei dati sono dichiarati, perciò si può "
        "calcolare con esattezza quanto sia probabile ciò che è stato pubblicato, data una simulazione; la media su "
        "tutte dice quanto lo sia secondo il modello. Gli intervalli (90 %) sono sulle estrazioni. *Simulazioni "
        "efficaci*: quante si avvicinano abbastanza da reggere una media; sotto {enough} non si può dire. "
        "*Surrogato*: lo stesso da polinomi adattati alle simulazioni, che ne richiedono meno e presuppongono di più; "
        "un indizio, non una prova. Che i dati non abbiano bisogno di un meccanismo non vuol dire che non agisca: solo "
        "che questi dati non possono mostrarlo.\n",
    },
    "mechanisms head": {
        "en": "| left out | what was published is | between (90 %) | effective runs, without / complete | surrogate | "
        "so |",
        "it": "| tolto | ciò che è stato pubblicato è | tra (90 %) | simulazioni efficaci, senza / completo | "
        "surrogato "
        "| quindi |",
    },
    "verdict needed": {"en": "**needed**", "it": "**necessario**"},
    "verdict cannot tell": {"en": "cannot tell", "it": "non si può dire"},
    "verdict better without": {
        "en": "**the figures fit better without it**",
        "it": "**i dati si spiegano meglio senza**",
    },
    "verdict no difference": {
        "en": "no difference that shows",
        "it": "nessuna differenza visibile",
    },
    "more points": {
        "en": "For {enough} effective runs about {points} draws each would be needed (`without: points`); wider errors "
        "or fewer fitted figures need fewer.\n",
        "it": "Per {enough} simulazioni efficaci servirebbero circa {points} estrazioni ciascuno (`without: points`); "
        "con errori più ampi o meno dati usati per la stima ne bastano meno.\n",
    },
    "other code": {
        "en": "> Some of these banks were run by other code than others: a difference may come from that. Run them "
        "again to be sure.\n",
        "it": "> Alcune di queste simulazioni sono state eseguite con un altro codice: una differenza può venire da "
        "lì. Per esserne certi, vanno rieseguite.\n",
    },
    "becomes": {"en": "### What the figures become without it\n", "it": "### Che cosa diventano i dati senza\n"},
    "becomes are": {
        "en": "Middle and 90 % interval of what would be reported, with the same share of the residents. Shown are the "
        "figures whose middle moves by more than half of the interval's half-width; all others are in "
        "`mechanisms.csv`.\n",
        "it": "Valore centrale e intervallo al 90 % di ciò che verrebbe riportato, con la stessa quota di residenti. "
        "Sono mostrati i dati il cui valore centrale si sposta di oltre metà della semiampiezza dell'intervallo; tutti "
        "gli altri sono in `mechanisms.csv`.\n",
    },
    "becomes head": {
        "en": "| left out | figure | published | complete | without, parameters as fitted | without, fitted anew |",
        "it": "| tolto | dato | pubblicato | completo | senza, parametri come stimati | senza, con nuova stima |",
    },
    "becomes none": {
        "en": "No figure moves by so much, whichever of them is left out.\n",
        "it": "Nessun dato si sposta di tanto, qualunque meccanismo si tolga.\n",
    },
    "not counted": {"en": "cannot be counted", "it": "non si può contare"},
    # -- how many runs --
    "curve": {"en": "## How many runs are enough?\n", "it": "## Quante simulazioni bastano?\n"},
    "curve is": {
        "en": "This calibration uses all {runs} runs and the method *{method}*, {why}. From the first {some} runs its "
        "estimate errs by {first} % of what one errs without any data (90 % interval over truths: {first_range}), from "
        "{most} by {last} % ({last_range}). {more}\n",
        "it": "Questa calibrazione usa tutte le {runs} simulazioni e il metodo *{method}*, {why}. Errore della stima, "
        "rispetto a quello senza alcun dato: {first} % con le prime {some} simulazioni (intervallo al 90 % sulle "
        "verità: {first_range}), {last} % con {most} ({last_range}). {more}\n",
    },
    "as said": {"en": "as its file says", "it": "come indicato nel suo file"},
    "as best": {
        "en": "because of the three it finds truths again with the best score",
        "it": "perché dei tre ritrova la verità con il punteggio migliore",
    },
    "enough": {
        "en": "Twice as many runs would hardly change it.",
        "it": "Il doppio delle simulazioni la cambierebbe ben poco.",
    },
    "more": {
        "en": "It still falls: more runs would help (--points).",
        "it": "Continua a scendere: più simulazioni aiuterebbero (--points).",
    },
    "better method": {
        "en": "On this bank *{method}* finds truths again with a better score than the method that was used ({best} "
        "against {own}; `fit: {{method: best}}` would take it).\n",
        "it": "Su queste simulazioni *{method}* ritrova la verità con un punteggio migliore del metodo usato ({best} "
        "contro {own}; `fit: {{method: best}}` lo sceglierebbe).\n",
    },
    "curve head": {"en": "| runs |", "it": "| simulazioni |"},
    "curve cell": {"en": "{error} % (holds {coverage} %)", "it": "{error} % (contiene {coverage} %)"},
    "curve are": {
        "en": "\nError of the estimate of {truths} truths that are not among the runs, and in brackets how often its "
        "90 % interval holds the truth.\n",
        "it": "\nErrore della stima di {truths} verità che non sono tra le simulazioni e, tra parentesi, quanto spesso "
        "l'intervallo al 90 % contiene la verità.\n",
    },
    # -- discrepancy --
    "discrepancy": {
        "en": "## What the model cannot reproduce\n",
        "it": "## Che cosa il modello non riesce a riprodurre\n",
    },
    "too many": {
        "en": "**{name}**: {published} was published, but with whatever draw of the parameters the runs report "
        "{prior}; {farthest} is the {most} that any of them counted. What can be done, in this order:\n",
        "it": "**{name}**: il dato pubblicato è {published}, ma con qualunque estrazione dei parametri le simulazioni "
        "riportano {prior}; {farthest} è il {most} che una di esse abbia contato. Che cosa si può fare, in "
        "quest'ordine:\n",
    },
    "most": {"en": "most", "it": "massimo"},
    "least": {"en": "least", "it": "minimo"},
    "ask": {
        "en": "1. Ask how it was counted. {readings}",
        "it": "1. Chiedere come è stato contato. {readings}",
    },
    "reading inside": {
        "en": "Counted as {measure}, the runs report {prior}, and it lies inside: try it as a variant.",
        "it": "Contato come {measure}, le simulazioni riportano {prior}, e il dato vi cade dentro: provare questa "
        "lettura tra le varianti.",
    },
    "reading outside": {
        "en": "Counted as {measure} it lies outside as well ({prior}).",
        "it": "Contato come {measure} resta fuori ({prior}).",
    },
    "no reading": {
        "en": "The bank keeps no other measure that it may stand for.",
        "it": "Non c'è un'altra misura per cui possa stare.",
    },
    "error": {
        "en": "2. Think again about its error: with {error} instead of {own} it would lie inside. Only if there is a "
        "reason for it.",
        "it": "2. Ripensare al suo errore: con {error} invece di {own} vi cadrebbe dentro. Solo se c'è un motivo.",
    },
    "no error": {
        "en": "2. No error of reporting that would be plausible brings it inside.",
        "it": "2. Nessun errore di resoconto plausibile lo porta dentro.",
    },
    "drive": {
        "en": "3. Look at the priors of what moves it most: {drivers}. If a wider range is plausible, widen it and run "
        "a new bank.",
        "it": "3. Guardare le distribuzioni iniziali di ciò che lo muove di più: {drivers}. Se un intervallo più ampio "
        "è plausibile, allargarlo ed eseguire nuove simulazioni.",
    },
    "driver up": {"en": "more `{key}`", "it": "più `{key}`"},
    "driver down": {"en": "less `{key}`", "it": "meno `{key}`"},
    "no driver": {
        "en": "3. None of the calibrated parameters moves it: look for one that does, and calibrate it.",
        "it": "3. Nessuno dei parametri stimati lo muove: cercarne uno che lo faccia, e stimarlo.",
    },
    "mechanism": {
        "en": "4. If none of this is right, the mechanism has to change, not a number. Until then do not use the model "
        "for this figure.\n",
        "it": "4. Se niente di questo è giusto, va cambiato il meccanismo, non un numero. Fino ad allora non usare il "
        "modello per questo dato.\n",
    },
    "none beyond": {
        "en": "Every published figure lies among those that some draw of the parameters gives.\n",
        "it": "Ogni dato pubblicato si trova tra quelli che qualche estrazione dei parametri produce.\n",
    },
    "together": {
        "en": "Together, the fitted figures are as far from what the runs report as those of {fitted} % of the runs "
        "themselves, and all figures as those of {all} %.{warning}\n",
        "it": "Quota delle simulazioni che distano dalle altre almeno quanto i dati pubblicati: {fitted} % per i dati "
        "usati per la stima, {all} % per tutti i dati insieme.{warning}\n",
    },
    "rare": {
        "en": " That is rare: the model hardly gives this combination, and the estimates reach beyond what was run. "
        "*{name}* stands out: without it the others are as far as those of {share} % of the runs. Ask first how it was "
        "counted; then which mechanism ties it to the others.",
        "it": " È raro: il modello produce a stento questa combinazione, e le stime vanno oltre ciò che è stato "
        "simulato. Spicca *{name}*: senza, la quota salirebbe a {share} %. Chiedere prima come è stato contato; poi "
        "quale meccanismo lo lega agli altri.",
    },
    "rare fitted": {
        "en": " That is rare: the model hardly gives this combination, and the estimates reach beyond what was run.",
        "it": " È raro: il modello produce a stento questa combinazione, e le stime vanno oltre ciò che è stato "
        "simulato.",
    },
    "warned": {
        "en": " To the method they lie as far from the nearest runs as those of {share} % of the runs taken for the "
        "truth.",
        "it": " Quota delle simulazioni prese per verità che, per il metodo, distano almeno altrettanto: {share} %.",
    },
}


def text(key: str, lang: str, /, **values: object) -> str:
    """Return a phrase in a language."""
    return TEXTS[key][lang].format(**values)
