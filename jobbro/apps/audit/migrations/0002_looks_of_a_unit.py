"""A look is read by the person or by the unit's leader: with an index for each, neither reads the whole log."""

from django.db.migrations import Migration as Base
from django.db.migrations import RunSQL


class Migration(Base):
    dependencies = [("audit", "0001_initial")]
    operations = [
        RunSQL(
            "create index audit_look_unit on audit_look (unit_id, at) where unit_id is not null",
            "drop index audit_look_unit",
        )
    ]
