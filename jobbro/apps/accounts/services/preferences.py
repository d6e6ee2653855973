"""How a person wants to read."""

from django.conf import settings

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event


def set_language(*, actor: Actor, language: str) -> None:
    """The actor's pages are in this language from the next login on, on any device."""
    if language not in dict(settings.LANGUAGES):
        raise ValueError(f"There is no language {language!r}; choose one of settings.LANGUAGES.")
    User.objects.filter(pk=actor.id).update(language=language)
    record_event(verb=Verb.PREFERENCES_CHANGED, subject=f"user:{actor.id}", detail={"language": language})


def set_easy(*, actor: Actor, is_easy: bool) -> None:
    """The actor reads easy or ordinary text from the next login on, on any device."""
    User.objects.filter(pk=actor.id).update(is_easy=is_easy)
    record_event(verb=Verb.PREFERENCES_CHANGED, subject=f"user:{actor.id}", detail={"is_easy": is_easy})
