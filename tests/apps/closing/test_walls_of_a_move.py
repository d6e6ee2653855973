"""Every table about persons either parts at a move, or says here why it goes along."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

GOES_ALONG = {
    "audit_look": "read by the person, and by the leader of the unit that looked",
    "cases_case": "the course itself, with its new team",
    "cases_casemember": "who helps and helped: names and days",
    "citizens_benefitperiod": "which benefit, as a date",
    "citizens_consent": "what the citizen lets us share; sharing with the old partners ends",
    "citizens_contact": "how to reach the person",
    "guidance_knownfacts": "one row a person, taken away unless the needs go along",
    "jobs_carvedfor": "a job that was carved for the person, behind the wall of its company",
    "jobs_carvingperson": "a search behind the wall of its company",
    "jobs_workwish": "one row a person, taken away unless the needs go along",
    "matching_joblist": "made anew every night",
    "matching_personfile": "one row a person, taken away unless the needs go along",
    "outbox_message": "messages without words",
    "outbox_messagechoice": "how the person wants messages",
    "teams_cover": "who stood in, and when",
    "closing_move": "the handover itself",
    "closing_movedaway": "what the old unit keeps, read by its team leads alone",
    "meetings_meetinghelp": "read through its meeting",
    "meetings_meetingparticipant": "read through its meeting",
    "external_actors_engagementperson": "read through its engagement",
    "follow_up_talklink": "a link that was sent, without words",
}
GOES_ALONG |= {
    "mobility_notice": "the last day of a job that goes along",
    "mobility_laststep": "what to do until the last day of a job that goes along",
}
# Jobs go along as they are.
CARRIED = ("placements_",)


def test_no_table_is_forgotten() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition"
            " and exists(select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped"
            " and a.attname in ('citizen_id', 'citizen_ids'))"
            " and not exists(select from pg_policy p where p.polrelid = c.oid and p.polname = 'before_move')"
        )
        found = {name for (name,) in cursor.fetchall()}
    assert sorted(name for name in found - set(GOES_ALONG) if not name.startswith(CARRIED)) == []
