"""A file on its way in: a batch with its rows. What the rows say is encrypted, and gone afterwards."""

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.organisations.models import Municipality, Team

from .enums import BatchState, Kind, RowState


class ImportBatch(Row):
    """One uploaded file; the same file in the same municipality is the same batch."""

    kind = models.CharField(max_length=10, choices=Kind.choices)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "digest"], name="import_same_file_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="import_kind_known"),
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="import_state_known"),
        ]
        indexes = [models.Index(fields=["municipality", "-uploaded_at"], name="import_newest")]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(Row):
    """One row of the file. `faults` are codes by column; `identity` is a keyed hash of the CPR number or username."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RowState.choices)
    faults = models.JSONField(default=dict)
    cipher = models.BinaryField(null=True)
    identity = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(state__in=RowState.values), name="import_row_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RowState.DONE) | Q(cipher__isnull=True), name="import_row_forgets_when_done"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "state", "number"], name="import_row_listed"),
            models.Index(fields=["batch", "identity"], name="import_row_identity"),
        ]

    def __str__(self) -> str:
        return str(self.number)
