"""Writes of imports: read a file, mend a row, leave one out, import what is ready, forget the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.services import NewEmployee, add_employees, usernames_taken
from jobbro.apps.audit.enums import Verb
from jobbro.apps.audit.services import record_event
from jobbro.apps.cases.services.enrolling import Enrolment, open_cases
from jobbro.apps.employers.bringing import PartnerRow
from jobbro.apps.employers.services import bring_partners
from jobbro.apps.jobs.openings_bringing import OpeningRow
from jobbro.apps.jobs.services.openings_import import bring_openings
from jobbro.apps.organisations.permissions import NotYours

from .cells import Checked
from .checking import checked, identity_text
from .columns import COLUMNS, codes_of, has_extra, values_of
from .enums import BatchState, Fault, Kind, RowState
from .models import ImportBatch, ImportRow
from .openings import settle_openings
from .partners import settle_partners
from .permissions import can_import
from .places import Places, places_for
from .reading import TextRow, Unreadable, read_table
from .sealing import identity_key, opened, sealed

BATCH = 1_000
# Rows of these stand beside what is known of companies; those of people beside other people.
ABOUT_COMPANIES = (Kind.EMPLOYERS, Kind.OPENINGS)


class ImportedElsewhere(ValueError):
    """A colleague has uploaded the same file; the actor does not see that batch."""


class BatchEnded(ValueError):
    """The batch is finished: nothing in it can change any more."""


class TeamNeeded(ValueError):
    """The team is not one that the actor can import to."""


@dataclass(frozen=True)
class NewBatch:
    """What an upload says beside the file itself."""

    kind: Kind
    municipality_code: str
    team_id: UUID | None
    file_name: str


@dataclass(frozen=True)
class Uploaded:
    """Where an upload led: to a new batch, or to the one that the same file made before."""

    batch_id: UUID
    is_new: bool


def check_upload(*, actor: Actor, upload: NewBatch, file: BinaryIO, at: datetime, on: date) -> Uploaded:
    """A dry run: every row is stored with its faults and nothing is imported. The same file leads to its first batch.

    Raises Unreadable, ColumnsMissing, TeamNeeded, ImportedElsewhere.
    """
    if not can_import(actor, kind=upload.kind, municipality_code=upload.municipality_code):
        raise NotYours
    content_digest = _digest(file)
    known = _known_batch(upload=upload, digest=content_digest)
    if known is not None:
        return known
    places = _places(actor=actor, upload=upload, on=on)
    table = read_table(file=file, limit=settings.UPLOAD_LIMIT)
    codes = codes_of(kind=upload.kind, header=table.header)
    batch = ImportBatch.objects.create(
        kind=upload.kind,
        municipality_id=upload.municipality_code,
        team_id=upload.team_id,
        file_name=upload.file_name[-120:],
        digest=content_digest,
        uploaded_by_id=actor.id,
        uploaded_at=at,
    )
    rows = [_new_row(batch=batch, codes=codes, row=row, places=places, on=on) for row in table.rows]
    _compare(actor=actor, batch=batch, rows=rows, on=on)
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    record_event(verb=Verb.IMPORT_CHECKED, subject=batch, detail={"kind": batch.kind, "rows": len(rows)})
    return Uploaded(batch_id=batch.pk, is_new=True)


def correct_row(*, actor: Actor, batch_id: UUID, number: int, values: Mapping[str, str], on: date) -> ImportRow:
    """The row says this instead, and has been checked again together with rows of the same person."""
    batch = _open_batch(batch_id=batch_id)
    row = _open_row(batch=batch, number=number)
    before = row.identity
    known = {column.code for column in COLUMNS[Kind(batch.kind)]}
    kept = {code: text.strip() for code, text in values.items() if code in known and text.strip()}
    _fill(row=row, batch=batch, values=kept, places=_places_of(actor=actor, batch=batch, on=on), on=on)
    row.save(update_fields=["state", "faults", "cipher", "identity"])
    for identity in {key for key in (before, row.identity) if key is not None}:
        _settle(actor=actor, batch=batch, identity=bytes(identity), on=on)
    record_event(verb=Verb.IMPORT_CORRECTED, subject=batch, detail={"row": number})
    return ImportRow.objects.get(pk=row.pk)


def skip_row(*, actor: Actor, batch_id: UUID, number: int, on: date) -> None:
    """The row is left out, and what it said is forgotten."""
    batch = _open_batch(batch_id=batch_id)
    row = _open_row(batch=batch, number=number)
    identity = row.identity
    row.state, row.faults, row.cipher, row.identity = RowState.SKIPPED, {}, None, None
    row.save(update_fields=["state", "faults", "cipher", "identity"])
    if identity is not None:
        _settle(actor=actor, batch=batch, identity=bytes(identity), on=on)
    record_event(verb=Verb.IMPORT_CORRECTED, subject=batch, detail={"skipped": number})


def run_import(*, actor: Actor, batch_id: UUID, at: datetime, on: date) -> int:
    """Every row that is ready is imported, all or none; those known by now are left as they are. Returns how many.

    What the imported rows said is forgotten. Rows to be looked at stay, and can be mended and imported later.
    """
    batch = _open_batch(batch_id=batch_id)
    if not can_import(actor, kind=Kind(batch.kind), municipality_code=batch.municipality_id):
        raise NotYours
    places = _places_of(actor=actor, batch=batch, on=on)
    ready = list(batch.rows.filter(state=RowState.READY).order_by("number"))
    if batch.kind not in ABOUT_COMPANIES:
        _mark_known(batch=batch, rows=ready)
    good = [(row, _again(batch=batch, row=row, places=places, on=on)) for row in ready if row.state == RowState.READY]
    if batch.kind in ABOUT_COMPANIES:
        _compare(actor=actor, batch=batch, rows=ready, on=on)
    becomes = [check.becomes for row, check in good if row.state == RowState.READY]
    done = _create(actor=actor, batch=batch, becomes=becomes, at=at, on=on)
    _store(rows=ready)
    _forget(batch=batch, states=(RowState.KNOWN,))
    if not batch.rows.filter(state=RowState.WRONG).exists():
        _end(batch=batch, at=at)
    record_event(verb=Verb.IMPORT_RUN, subject=batch, detail={"kind": batch.kind, "rows": done})
    return done


def end_batch(*, actor: Actor, batch_id: UUID, at: datetime) -> None:
    """The rest of the batch is left out, and what it said is forgotten."""
    batch = _open_batch(batch_id=batch_id)
    left = batch.rows.filter(state__in=[RowState.WRONG, RowState.READY])
    left.update(state=RowState.SKIPPED, faults={}, cipher=None, identity=None)
    _forget(batch=batch, states=(RowState.KNOWN,))
    _end(batch=batch, at=at)
    record_event(verb=Verb.IMPORT_CORRECTED, subject=batch, detail={"ended": True})


def forget_old_imports(*, before: datetime) -> int:
    """What was uploaded before then and never imported is forgotten; for the worker. Returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("select import_forget(%s)", [before])
        return int(cursor.fetchone()[0])


def _digest(file: BinaryIO) -> bytes:
    digest = sha256()
    size = 0
    while chunk := file.read(256 * 1024):
        size += len(chunk)
        if size > settings.UPLOAD_LIMIT:
            break
        digest.update(chunk)
    file.seek(0)
    return digest.digest()


def _known_batch(*, upload: NewBatch, digest: bytes) -> Uploaded | None:
    with connection.cursor() as cursor:
        # One upload of a file at a time, so that a double click is one batch.
        cursor.execute("select pg_advisory_xact_lock(%s::bigint)", [int.from_bytes(digest[:8], "big", signed=True)])
        cursor.execute("select import_known(%s, %s, %s)", [upload.municipality_code, upload.kind, digest])
        (found,) = cursor.fetchone()
    if found is None:
        return None
    if not ImportBatch.objects.filter(pk=found).exists():
        raise ImportedElsewhere
    return Uploaded(batch_id=found, is_new=False)


def _places(*, actor: Actor, upload: NewBatch, on: date) -> Places:
    places = places_for(actor=actor, municipality_code=upload.municipality_code, default_team_id=upload.team_id, on=on)
    if upload.team_id is not None and upload.team_id not in places.unit_of_team:
        raise TeamNeeded
    return places


def _places_of(*, actor: Actor, batch: ImportBatch, on: date) -> Places:
    return places_for(actor=actor, municipality_code=batch.municipality_id, default_team_id=batch.team_id, on=on)


def _new_row(*, batch: ImportBatch, codes: tuple[str, ...], row: TextRow, places: Places, on: date) -> ImportRow:
    values = values_of(codes=codes, cells=row.cells)
    new = ImportRow(batch=batch, number=row.number)
    _fill(row=new, batch=batch, values=values, places=places, on=on)
    if has_extra(codes=codes, cells=row.cells):
        new.faults, new.state = {**new.faults, "": Fault.EXTRA}, RowState.WRONG
    return new


def _fill(*, row: ImportRow, batch: ImportBatch, values: Mapping[str, str], places: Places, on: date) -> Checked:
    kind = Kind(batch.kind)
    check = checked(kind=kind, values=values, municipality_code=batch.municipality_id, places=places, on=on)
    identity = identity_text(kind=kind, values=values)
    row.faults = dict(check.faults)
    row.state = RowState.WRONG if check.faults else RowState.READY
    row.cipher = sealed(batch_id=batch.pk, values=values)
    row.identity = identity_key(text=identity) if identity else None
    return check


def _again(*, batch: ImportBatch, row: ImportRow, places: Places, on: date) -> Checked:
    """The row as it stands today: a team may have ended since the dry run."""
    assert row.cipher is not None, "a row that is ready has its values"
    values = opened(batch_id=batch.pk, cipher=bytes(row.cipher))
    return _fill(row=row, batch=batch, values=values, places=places, on=on)


def _compare(*, actor: Actor, batch: ImportBatch, rows: list[ImportRow], on: date) -> None:
    """Rows beside each other and beside what is known."""
    if batch.kind == Kind.OPENINGS:
        settle_openings(actor=actor, batch=batch, rows=rows, on=on)
        return
    if batch.kind == Kind.EMPLOYERS:
        settle_partners(actor=actor, batch=batch, rows=rows)
        return
    _mark_twice(rows)
    _mark_known(batch=batch, rows=rows)


def _mark_twice(rows: Iterable[ImportRow]) -> None:
    seen: set[bytes] = set()
    for row in rows:
        if row.identity is None:
            continue
        key = bytes(row.identity)
        if key in seen:
            column = "cpr" if row.batch.kind == Kind.CITIZENS else "username"
            row.faults, row.state = {**row.faults, column: Fault.TWICE}, RowState.WRONG
        seen.add(key)


def _mark_known(*, batch: ImportBatch, rows: list[ImportRow]) -> None:
    """Rows of people who are there already are left as they are, whatever else the row says."""
    kept = [row for row in rows if row.identity is not None and row.state == RowState.READY]
    known = _known_identities(batch=batch, rows=kept)
    for row in kept:
        if row.identity is not None and bytes(row.identity) in known:
            row.state = RowState.KNOWN


def _known_identities(*, batch: ImportBatch, rows: list[ImportRow]) -> set[bytes]:
    if batch.kind == Kind.STAFF:
        names = {_username(batch=batch, row=row) for row in rows}
        return {identity_key(text=name) for name in usernames_taken(usernames=names)}
    keys = [bytes(row.identity) for row in rows if row.identity is not None]
    with connection.cursor() as cursor:
        cursor.execute("select citizens_known(%s, %s::bytea[])", [batch.municipality_id, keys])
        return {bytes(key) for (key,) in cursor.fetchall()}


def _username(*, batch: ImportBatch, row: ImportRow) -> str:
    assert row.cipher is not None, "a row that is not finished has its values"
    return identity_text(kind=Kind.STAFF, values=opened(batch_id=batch.pk, cipher=bytes(row.cipher)))


def _settle(*, actor: Actor, batch: ImportBatch, identity: bytes, on: date) -> None:
    """Rows of one person: the first that can be is ready or known, the others stand twice."""
    rows = list(batch.rows.filter(identity=identity).exclude(state=RowState.DONE).order_by("number"))
    places = _places_of(actor=actor, batch=batch, on=on)
    for row in rows:
        extra = {"": Fault.EXTRA} if "" in row.faults else {}
        _again(batch=batch, row=row, places=places, on=on)
        if extra:
            row.faults, row.state = {**row.faults, **extra}, RowState.WRONG
    _compare(actor=actor, batch=batch, rows=rows, on=on)
    for row in rows:
        row.save(update_fields=["state", "faults"])


def _create(
    *,
    actor: Actor,
    batch: ImportBatch,
    becomes: list[Enrolment | NewEmployee | PartnerRow | OpeningRow | None],
    at: datetime,
    on: date,
) -> int:
    citizens = [new for new in becomes if isinstance(new, Enrolment)]
    employees = [new for new in becomes if isinstance(new, NewEmployee)]
    partners = [new for new in becomes if isinstance(new, PartnerRow)]
    openings = [new for new in becomes if isinstance(new, OpeningRow)]
    if openings:
        return bring_openings(actor=actor, municipality=batch.municipality_id, rows=openings, on=on, at=at)
    if partners:
        return bring_partners(actor=actor, municipality=batch.municipality_id, rows=partners, on=on, at=at).rows
    if citizens:
        return open_cases(actor=actor, enrolments=citizens, at=at, on=on)
    return add_employees(actor=actor, employees=employees) if employees else 0


def _store(*, rows: list[ImportRow]) -> None:
    wrong = [row for row in rows if row.state == RowState.WRONG]
    for row in wrong:
        row.save(update_fields=["state", "faults"])
    for state, now in ((RowState.READY, RowState.DONE), (RowState.KNOWN, RowState.KNOWN)):
        ids = [row.pk for row in rows if row.state == state]
        with connection.cursor() as cursor:
            cursor.execute(
                "update imports_importrow set state = %s, cipher = null, identity = null, faults = '{}'"
                " where id = any(%s::uuid[])",
                [now, ids],
            )


def _forget(*, batch: ImportBatch, states: tuple[RowState, ...]) -> None:
    batch.rows.filter(state__in=states).update(cipher=None, identity=None)


def _end(*, batch: ImportBatch, at: datetime) -> None:
    batch.state, batch.ended_at = BatchState.DONE, at
    batch.save(update_fields=["state", "ended_at"])


def _open_batch(*, batch_id: UUID) -> ImportBatch:
    """The batch, locked; the wall has said whether the actor may see it."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None:
        raise NotYours
    if batch.state != BatchState.OPEN:
        raise BatchEnded
    return batch


def _open_row(*, batch: ImportBatch, number: int) -> ImportRow:
    row = batch.rows.exclude(state__in=[RowState.DONE, RowState.SKIPPED]).filter(number=number).first()
    if row is None or row.cipher is None:
        raise NotYours
    return row


__all__ = [
    "BatchEnded",
    "ImportedElsewhere",
    "NewBatch",
    "TeamNeeded",
    "Unreadable",
    "Uploaded",
    "check_upload",
    "correct_row",
    "end_batch",
    "forget_old_imports",
    "run_import",
    "skip_row",
]
