"""The base of every row: its id is made here, so an INSERT needs no RETURNING and no right to read back."""

from django.db import models

from .ids import uuid7


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
