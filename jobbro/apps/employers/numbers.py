"""CVR numbers, P-numbers and telephone numbers as people write them."""

import re

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_BETWEEN = re.compile(r"[\s.\-]")
# What a telephone number has at most beside its plus (ITU-T E.164), and what no number abroad is shorter than.
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
LONGEST_PHONE = 20


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


def read_phone(text: str) -> str:
    """“12 34 56 78”, or a number of another country behind its + as it was grouped. Raises `InvalidNumber`.

    A Danish number has eight digits; +45 and 0045 before them say nothing more, and 00 is a + on a telephone.
    """
    plain = re.sub(r"^00", "+", re.sub(r"[\s.\-()/]", "", text))
    danish = plain.removeprefix("+45")
    if re.fullmatch(r"[0-9]{8}", danish):
        return " ".join(danish[at : at + 2] for at in range(0, 8, 2))
    if plain.startswith("+45") or not _ABROAD.fullmatch(plain):
        raise InvalidNumber("digits")
    grouped = "+" + re.sub(r"^(00|\+)\s*", "", " ".join(re.sub(r"[.\-()/]", " ", text).split()))
    return grouped if len(grouped) <= LONGEST_PHONE else plain
