"""What is wrong with a file for carving, as Danish sentences."""

from collections.abc import Mapping

from jobbro.engines.carving.checking import WorkplaceError


def sentence(error: WorkplaceError) -> str:
    """One sentence on what is wrong and what to write instead."""
    if error.code == "broken":
        found = (text for start, text in _BROKEN.items() if error.reason.startswith(start))
        return next(found, f"Filen kan ikke læses som JSON ({error.reason}).")
    return _SENTENCES[error.code].format(*error.values)


_BROKEN: Mapping[str, str] = {
    "larger than": "Filen er for stor til at være én arbejdsplads.",
    "is not UTF-8": "Filen skal være gemt som UTF-8.",
    "nested deeper": "Der er for mange lag i filen.",
    "is given twice": "Feltet står to gange. Behold det ene.",
    "a finite number": "Tallet skal være et almindeligt, endeligt tal.",
    "holds half": "Teksten har et halvt tegn. Skriv tegnet helt.",
    "is not valid JSON": "Filen er ikke gyldig JSON her. Se efter et komma, en klamme eller et anførselstegn.",
}
_SENTENCES: Mapping[str, str] = {
    "not_an_object": "Her skal stå felter med navne i krøllede klammer.",
    "not_a_list": "Her skal stå en liste i kantede klammer.",
    "not_a_text": "Her skal stå en tekst i anførselstegn.",
    "not_a_number": "Her skal stå et tal.",
    "not_whole": "Her skal stå et helt tal.",
    "not_true_or_false": "Her skal stå true eller false.",
    "not_two_numbers": "Her skal stå to tal: de færreste og de fleste timer.",
    "unknown_field": "Feltet kendes ikke. Her kan stå: {0}.",
    "missing_field": "Feltet {0!r} skal med.",
    "unknown_area": "Området {0!r} findes ikke blandt de 24 funktionsområder.",
    "null_level": "null kan ikke stå her. Et job siger, hvad det kræver; udelad området, hvis det ikke kræver noget.",
    "out_of_range": "Tallet skal være fra {0} til {1}.",
    "negative": "Tallet kan ikke være under 0.",
    "too_high": "Tallet kan højst have femten cifre før kommaet.",
    "min_above_max": "De færreste timer er flere end de fleste timer.",
    "too_fine": "Timer kan højst have to decimaler.",
    "unknown_slot": "Den halve dag {0!r} findes ikke her. Brug: {1}.",
    "unknown_staff": "Der er ingen medarbejder {0!r} i filen. Vælg en, der er der, eller tilføj medarbejderen.",
    "unknown_task": "Der er ingen opgave {0!r} i filen.",
    "unknown_measure": "Der er ingen støtteforanstaltning {0!r} i filen.",
    "twice": "{0!r} står to gange. Behold den ene.",
    "not_one_of": "Her skal stå en af disse: {0}.",
}
