"""What can be wrong with a file for matching."""

from __future__ import annotations


class MatchingFileError(ValueError):
    """A file cannot be matched as it is: file, line (the row in Parquet, from 1), path of the field, and why."""

    def __init__(self, *, file: str, line: int, field: str, code: str, values: tuple[str, ...] = ()) -> None:
        self.file = file
        self.line = line
        self.field = field
        self.code = code
        self.values = values
        self.reason = REASONS[code].format(*values)
        super().__init__(f"{file}, line {line}, {field or 'record'}: {self.reason}")


REASONS = {
    "broken": "{0}",
    "unknown_kind": "a name that ends in .jsonl or .parquet is expected",
    "not_parquet": "is not a whole Parquet file",
    "too_long": "a line of more than {0} bytes",
    "too_many": "more than {0} records",
    "not_an_object": "an object with named fields is expected here",
    "not_a_list": "a list is expected here",
    "not_a_text": "a text is expected here, in quotes",
    "not_a_number": "a number is expected here",
    "not_whole": "a whole number is expected here",
    "not_finite": "a finite number is expected here",
    "not_two_numbers": "two numbers are expected here, the fewest and the most hours",
    "unknown_field": "unknown field; known here are {0}",
    "missing_field": "the field {0!r} is needed",
    "unknown_area": "unknown area {0!r}",
    "null_level": "null is refused here; leave the area out instead",
    "out_of_range": "must be from {0} to {1}",
    "negative": "must not be negative",
    "too_high": "must be at most {0}",
    "too_far": "must be from -{0} to {0} kilometres",
    "min_above_max": "the fewest hours are more than the most",
    "unknown_slot": "unknown half-day {0!r}; use {1}",
    "unknown_measure": "there is no measure {0!r}",
    "twice": "{0!r} stands twice; keep one",
    "empty": "must not be empty",
}
