"""CVR numbers and P-numbers as people write them."""

import re

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_BETWEEN = re.compile(r"[\s.\-]")


class InvalidNumber(ValueError):
    """The text is no such number; `code` says why: `digits` (too many or too few) or `check` (a digit is wrong)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_cvr(text: str) -> str:
    """The eight digits of a CVR number. Raises `InvalidNumber` unless the weighted sum is a multiple of 11.

    Source: the check digit of CVR numbers, modulus 11 with the weights 2 7 6 5 4 3 2 1.
    """
    digits = _BETWEEN.sub("", text).upper().removeprefix("DK")
    if not re.fullmatch(r"[1-9][0-9]{7}", digits):
        raise InvalidNumber("digits")
    if sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11:
        raise InvalidNumber("check")
    return digits


def read_p_number(text: str) -> str:
    """The ten digits of a P-number, which has no check digit. Raises `InvalidNumber`."""
    digits = _BETWEEN.sub("", text)
    if not re.fullmatch(r"[1-9][0-9]{9}", digits):
        raise InvalidNumber("digits")
    return digits
