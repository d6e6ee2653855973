"""Rows by a list of ids of any length."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In


def among(field: str, ids: Collection[UUID]) -> In:
    """A condition: the ids go as one array, so that thousands of them are one parameter."""
    return In(F(field), RawSQL("select unnest(%s::uuid[])", [list(ids)]))
