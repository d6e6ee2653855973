"""The files that matching reads follow what was agreed and told; written in the name of somebody who may."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_events
from jobbro.apps.cases.enums import State
from jobbro.apps.cases.models import Case

from ..among import among
from ..models import PersonFile
from ..selectors.persons import PersonInput, person_inputs


def refresh_files(*, actor: Actor, citizen_ids: Collection[UUID], at: datetime) -> int:
    """Each person with a course and enough told has a file that says it, and nobody else has one; how many changed.

    Persons that the actor does not see are left as they are. Five queries when nothing has changed.
    """
    open_ones = _with_course(actor=actor, citizen_ids=citizen_ids)
    found = person_inputs(actor=actor, citizen_ids=[one for one, is_open in open_ones.items() if is_open])
    inputs = {one: given for one, given in found.items() if isinstance(given, PersonInput)}
    rows = PersonFile.objects.visible_to(actor).filter(among("citizen_id", list(open_ones)))
    kept: Mapping[UUID, PersonFile] = {row.citizen_id: row for row in rows.select_for_update(of=("self",))}
    new = [given for one, given in inputs.items() if one not in kept]
    changed = [given for one, given in inputs.items() if one in kept and kept[one].digest != given.digest]
    over = [one for one in kept if one not in inputs]
    PersonFile.objects.bulk_create([_row(given, at=at) for given in new])
    for given in changed:
        row = kept[given.citizen_id]
        row.content, row.digest, row.changed_at = given.file, given.digest, at
        row.save(update_fields=["content", "digest", "changed_at"])
    if over:
        PersonFile.objects.visible_to(actor).filter(among("citizen_id", over)).delete()
    told = [*(given.citizen_id for given in (*new, *changed)), *over]
    if told:
        record_events(verb=Verb.PERSON_FILE_REFRESHED, citizen_ids=told)
    return len(told)


def _with_course(*, actor: Actor, citizen_ids: Collection[UUID]) -> dict[UUID, bool]:
    """Of each person that the actor sees whether their course goes on."""
    rows = Case.objects.visible_to(actor).filter(among("citizen_id", citizen_ids))
    return {citizen_id: state != State.CLOSED for citizen_id, state in rows.values_list("citizen_id", "state")}


def _row(given: PersonInput, *, at: datetime) -> PersonFile:
    return PersonFile(citizen_id=given.citizen_id, content=given.file, digest=given.digest, changed_at=at)
