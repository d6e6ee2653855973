"""Filters of the worklist that somebody has given a name: their own, and nothing about citizens in them."""

from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row


class SavedFilter(Row):
    """A named filter; `query` is what stands in the address of the worklist. One at most is where somebody begins."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500, blank=True)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_a_name"),
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_name_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="saved_filter_one_to_begin_with"
            ),
        ]
