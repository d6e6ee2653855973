"""What the database writes down by itself, read-only from here, and the forms that have been received."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .enums import Kind, Outcome, Purpose, Tier, Verb


class AppendOnly(models.Model):
    """A row written by a database function of the owner; the application may only read it."""

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField()
    request_id = models.UUIDField(null=True)

    class Meta:
        abstract = True
        managed = False


class Look(AppendOnly):
    """Somebody looked at one or more persons, or tried to."""

    role = models.TextField()
    unit_id = models.UUIDField(null=True)
    municipality_id = models.TextField(null=True)
    citizen_ids = ArrayField(models.UUIDField())
    purpose = models.TextField(choices=Purpose.choices)
    purpose_text = models.TextField()
    view = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    tier = models.TextField(choices=Tier.choices)
    related = models.BooleanField()
    outcome = models.TextField(choices=Outcome.choices)

    class Meta(AppendOnly.Meta):
        db_table = "audit_look"
        managed = False


class Change(AppendOnly):
    """One row of one table before and after."""

    operation = models.TextField()
    table_name = models.TextField()
    row_id = models.TextField()
    citizen_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta(AppendOnly.Meta):
        db_table = "audit_change"
        managed = False


class Event(AppendOnly):
    """One act of one person, in a verb of the closed list."""

    verb = models.TextField(choices=Verb.choices)
    citizen_id = models.UUIDField(null=True)
    subject = models.TextField()
    detail = models.JSONField()

    class Meta(AppendOnly.Meta):
        db_table = "audit_event"
        managed = False


class Seal(models.Model):
    """A hash over a stretch of a log and the seal before it."""

    id = models.BigIntegerField(primary_key=True)
    log = models.TextField()
    from_xid = models.BigIntegerField()
    to_xid = models.BigIntegerField()
    rows = models.BigIntegerField()
    digest = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        db_table = "audit_seal"
        managed = False


class Submission(models.Model):
    """A form that was received, so that the same form sent twice is one act."""

    key = models.UUIDField(primary_key=True)
    actor_id = models.UUIDField()
    received_at = models.DateTimeField()
    location = models.TextField(blank=True)
