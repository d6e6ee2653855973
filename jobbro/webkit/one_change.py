"""One change that would open jobs for somebody, in words: hours, distance, half-days, support, or an answer."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobbro.engines.matching.changes import ChangeKind
from jobbro.engines.support.catalogue import catalogue

from .halfdays import slot_label
from .labels import area_label
from .schemes.values import hours_words, language


def change_told(*, kind: str, code: str) -> str:
    """The change as the beginning of a sentence."""
    if kind == ChangeKind.HOURS:
        hours = hours_words(1.0)
        if code == "more":
            return _("%(hours)s more a week") % {"hours": hours}
        return _("%(hours)s less a week") % {"hours": hours}
    if kind == ChangeKind.DISTANCE:
        return _("%(km)s kilometres further") % {"km": code}
    if kind == ChangeKind.HALF_DAY:
        return _("Also %(when)s") % {"when": slot_label(code)}
    if kind == ChangeKind.MEASURE:
        return _("Support: %(measure)s") % {"measure": _measure(code)}
    return _("Talk about: %(area)s") % {"area": area_label(code).lower()}


def opens_told(*, opens: int, settles: int) -> str:
    """What the change would give."""
    if opens:
        return ngettext("opens %(count)s job", "opens %(count)s jobs", opens) % {"count": opens}
    return ngettext("makes %(count)s job clear", "makes %(count)s jobs clear", settles) % {"count": settles}


def _measure(code: str) -> str:
    found = next((entry for entry in catalogue().entries if entry.code == code), None)
    return found.name.in_language(language()) if found else code
