"""What an application lends to a question to the key persons: its scheme and its day, and whose case it is."""

from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.key_persons.enums import ContextKind
from jobbro.apps.key_persons.services.questions import Along, ContextItem

from ..models import Application, Vacancy


def along_application(*, actor: Actor, application_id: UUID) -> Along | None:
    """The scheme, and the day by which it is to be decided."""
    found = Application.objects.visible_to(actor).filter(pk=application_id)
    row = found.values_list("citizen_id", "scheme", "decide_by").first()
    if row is None:
        return None
    citizen_id, scheme, decide_by = row
    items = [ContextItem(kind=ContextKind.SCHEME, code=scheme)]
    if decide_by is not None:
        items.append(ContextItem(kind=ContextKind.DAY, code="decide_by", on=decide_by))
    return Along(items=tuple(items), citizen_id=citizen_id)


def along_vacancy(*, actor: Actor, vacancy_id: UUID) -> Along | None:
    """A post with fortrinsadgang."""
    citizen_id = Vacancy.objects.visible_to(actor).filter(pk=vacancy_id).values_list("citizen_id", flat=True).first()
    if citizen_id is None:
        return None
    return Along(items=(ContextItem(kind=ContextKind.SCHEME, code="fortrinsadgang"),), citizen_id=citizen_id)
