"""What is wrong with a file for matching, as Danish sentences."""

from collections.abc import Mapping

from jobbro.engines.matching.refusals import MatchingFileError


def sentence(error: MatchingFileError) -> str:
    """One sentence on what is wrong and what to write instead."""
    if error.code == "broken":
        found = (text for start, text in _BROKEN.items() if error.reason.startswith(start))
        return next(found, f"Linjen kan ikke læses som JSON ({error.reason}).")
    return _SENTENCES[error.code].format(*error.values)


_BROKEN: Mapping[str, str] = {
    "is not UTF-8": "Filen skal være gemt som UTF-8.",
    "nested deeper": "Der er for mange lag i linjen.",
    "is given twice": "Feltet står to gange. Behold det ene.",
    "a finite number": "Tallet skal være et almindeligt, endeligt tal.",
    "holds half": "Teksten har et halvt tegn. Skriv tegnet helt.",
    "is not valid JSON": "Linjen er ikke gyldig JSON. Er filen skåret af, eller står et tegn galt?",
}
_SENTENCES: Mapping[str, str] = {
    "unknown_kind": "Filens navn skal ende på .jsonl eller .parquet.",
    "not_parquet": "Filen er ikke en hel Parquet-fil. Er den skåret af?",
    "too_long": "Linjen er længere end {0} tegn. Der skal stå én post på hver linje.",
    "too_many": "Der er mere end {0} poster. Del filen.",
    "not_an_object": "Her skal stå felter med navne i krøllede klammer.",
    "not_a_list": "Her skal stå en liste i kantede klammer.",
    "not_a_text": "Her skal stå en tekst i anførselstegn.",
    "not_a_number": "Her skal stå et tal.",
    "not_whole": "Her skal stå et helt tal.",
    "not_finite": "Tallet skal være et almindeligt, endeligt tal.",
    "not_two_numbers": "Her skal stå to tal: de færreste og de fleste timer.",
    "unknown_field": "Feltet kendes ikke. Her kan stå: {0}.",
    "missing_field": "Feltet {0!r} skal med.",
    "unknown_area": "Området {0!r} findes ikke blandt de 24 funktionsområder.",
    "null_level": "null kan ikke stå her. Et job siger, hvad det kræver; udelad området, hvis det ikke kræver noget.",
    "out_of_range": "Tallet skal være fra {0} til {1}.",
    "negative": "Tallet kan ikke være under 0.",
    "too_high": "Tallet kan højst være {0}.",
    "too_far": "Stedet skal ligge mellem -{0} og {0} kilometer.",
    "min_above_max": "De færreste timer er flere end de fleste timer.",
    "unknown_slot": "Den halve dag {0!r} findes ikke. Brug: {1}.",
    "unknown_measure": "Der er ingen støtteforanstaltning {0!r} i filen med foranstaltninger.",
    "twice": "{0!r} står to gange. Behold den ene.",
    "empty": "Her må ikke være tomt.",
}
