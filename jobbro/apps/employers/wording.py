"""What people write about companies is checked for one thing: it must not hold a citizen's number."""

import re

# The number of a production unit can begin like a day of birth too.
_P_NUMBER = re.compile(r"\bp-?\s?n(umme)?r\.?:?\s*\d{10}(?!\d)", re.IGNORECASE)
_CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")


def has_cpr(text: str) -> bool:
    """Whether ten digits in the text begin like a day of birth."""
    return bool(_CPR.search(_P_NUMBER.sub("", text)))
