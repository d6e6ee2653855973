"""What the application role may do: rows yes, the logs and the structure no. Run by the owner after every migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

APP_ROLE = "jobbro_app"
# Written only by functions of the owner; the application reads what the policies let it.
READ_ONLY = ("audit_look", "audit_change", "audit_event", "audit_seal")
OUT_OF_REACH = ("audit_clock", "django_migrations")
# Rows of these stay: what was said, agreed and opened, who was there, and who could do what.
NEVER_DELETED = (
    *("accounts_user", "accounts_position", "citizens_citizen", "citizens_contact", "citizens_consent"),
    *("citizens_benefitperiod", "cases_case", "cases_note", "cases_breakglass", "cases_lookquestion"),
    *("screening_dialogue", "screening_answer", "plans_supportdecision", "plans_plan"),
    *("guidance_toldfact", "guidance_knownfacts", "guidance_guidanceanswer"),
    *("applications_application", "applications_decision", "applications_document", "applications_vacancy"),
    *("applications_negotiation", "applications_claim", "applications_owndeadline"),
    *("employers_company", "employers_workplace", "employers_contactperson", "employers_talk", "employers_yearlytalk"),
    *("employers_partneragreement", "employers_promise", "employers_recruitmentneed"),
    *("jobs_holder", "jobs_task", "jobs_workwish", "jobs_carvedjob", "jobs_carvedfor"),
    # A search stands behind the wall of the persons it is for: without them it would stand open.
    *("jobs_carving", "jobs_carvingperson"),
    *("jobs_opening", "matching_matchrun", "matching_proposal", "matching_proposalstep", "matching_card"),
    *("placements_introduction", "placements_said", "placements_arrangement", "placements_placement"),
    *("placements_agreementversion", "placements_signature", "placements_ending"),
    *("placements_onboardingplan", "placements_onboardingtask"),
    *("placements_onboardingplanwords", "placements_onboardingtaskwords"),
    *("mobility_changewish", "mobility_notice", "mobility_laststep", "mobility_experience", "mobility_observation"),
    *("follow_up_rhythm", "follow_up_talk", "follow_up_talklink", "follow_up_helprequest", "follow_up_sickleave"),
    "follow_up_signalanswer",
    *("external_actors_externalactor", "external_actors_externalagreement", "external_actors_externalperson"),
    *("external_actors_engagement", "external_actors_engagementperson", "external_actors_engagementapproval"),
    *("outreach_openinganswer", "outreach_outreacheffort", "outreach_outreachperson", "outreach_outreachcontact"),
    "external_actors_engagemententry",
    *("courses_course", "courses_material", "courses_session", "courses_enrolment", "courses_attendance"),
    *("closing_closing", "closing_lastword", "closing_reopening", "closing_move", "closing_movedaway"),
    "courses_courseoutcome",
    *("key_persons_advicemodel", "key_persons_adviser", "key_persons_away", "key_persons_question", "key_persons_turn"),
    *("key_persons_invitation", "key_persons_entry", "key_persons_entryversion"),
    *("meetings_meeting", "meetings_meetingparticipant", "meetings_meetinghelp", "meetings_calendarfeed"),
    "meetings_meetingwords",
    *("teams_competence", "teams_workinghours", "teams_absence", "teams_learningnote"),
    *("teams_handover", "teams_handoverentry", "teams_routingdecision"),
)
# What was said, written or decided stands: a later row takes its place.
NEVER_CHANGED = (
    *("cases_note", "screening_answer", "plans_supportdecision"),
    *("guidance_toldfact", "guidance_guidanceanswer"),
    *("applications_decision", "applications_negotiation", "applications_owndeadline"),
    *("employers_talk", "employers_yearlytalk", "jobs_carvingperson", "jobs_carvedfor"),
    *("matching_proposalstep", "placements_said", "placements_agreementversion", "placements_signature"),
    *("teams_handoverentry", "teams_routingdecision"),
    *("placements_ending", "mobility_experience"),
    *("external_actors_engagementapproval", "external_actors_engagemententry"),
    *("outreach_openinganswer", "outreach_outreachperson", "outreach_outreachcontact"),
    *("closing_closing", "closing_lastword", "closing_reopening", "closing_movedaway"),
    *("courses_courseoutcome", "courses_lesson"),
    # A card ends with its consent, by a trigger of the owner.
    "matching_card",
    *("key_persons_turn", "key_persons_invitation", "key_persons_entryversion", "key_persons_useful"),
)
# Columns that stay as they were written; sight of a citizen hangs on some of them.
FIXED = {
    "accounts_user": ("id", "kind"),
    "accounts_position": ("id", "user_id", "role", "unit_id", "team_id"),
    "citizens_citizen": ("id", "municipality_id", "cpr_cipher", "cpr_key", "created_by", "created_at"),
    "citizens_contact": ("id", "citizen_id"),
    "citizens_consent": ("id", "citizen_id", "purpose", "recipient", "given_at", "recorded_by_id"),
    "citizens_benefitperiod": ("id", "citizen_id", "benefit", "from_on"),
    "cases_case": ("id", "citizen_id", "opened_on"),
    "cases_casemember": ("id", "citizen_id", "case_id", "user_id", "role", "from_on"),
    "cases_breakglass": ("id", "citizen_id", "user_id", "reason", "opened_at", "until_at"),
    "cases_lookquestion": ("id", "citizen_id", "look_id", "text", "asked_at"),
    # Received by a function of the owner alone: it sets the team and the parting.
    "closing_move": (
        *("id", "citizen_id", "from_municipality_id", "to_municipality_id", "name", "moves_on", "legal_basis"),
        *("handed_over", "contact", "proposed_by_id", "proposed_at", "to_team_id", "cut"),
    ),
    "courses_course": ("id", "municipality_id", "made_by_id"),
    "courses_material": ("id", "course_id", "made_by_id"),
    "courses_session": ("id", "course_id", "municipality_id", "made_by_id"),
    "courses_enrolment": ("id", "citizen_id", "session_id", "made_by_id"),
    "courses_attendance": ("id", "citizen_id", "enrolment_id", "lesson_id"),
    "guidance_knownfacts": ("id", "citizen_id"),
    "applications_application": ("id", "citizen_id", "scheme", "started_by_id", "started_at"),
    "applications_document": ("id", "citizen_id", "application_id", "code"),
    "applications_vacancy": ("id", "citizen_id", "noted_by_id"),
    "applications_claim": ("id", "citizen_id", "application_id", "year", "quarter"),
    "employers_company": ("id", "municipality_id", "created_by_id", "created_at"),
    "employers_workplace": ("id", "company_id"),
    "employers_contactperson": ("id", "company_id"),
    "employers_partneragreement": ("id", "company_id", "title", "text", "agreed_on", "agreed_with", "written_by_id"),
    "employers_promise": ("id", "company_id", "by", "text", "promised_on", "written_by_id"),
    "employers_recruitmentneed": ("id", "company_id", "told_on"),
    "jobs_holder": ("id", "company_id", "workplace_id"),
    "jobs_holderwage": ("id", "company_id", "holder_id"),
    "jobs_task": ("id", "company_id", "workplace_id"),
    "jobs_workwish": ("id", "citizen_id"),
    "jobs_carving": (
        *("id", "company_id", "workplace_id", "started_by_id", "started_at", "seconds", "is_for_profile"),
        *("workplace_input", "input_digest"),
    ),
    "jobs_carvedjob": ("id", "company_id", "workplace_id", "made_by_id", "made_at"),
    "jobs_carvedtask": ("id", "company_id", "job_id", "task_id"),
    "jobs_carvedsupport": ("id", "company_id", "job_id", "measure"),
    "jobs_opening": (
        # A job that was carved for one person stays theirs: it tells of their needs.
        *("id", "company_id", "workplace_id", "carved_job_id", "is_reserved", "origin", "made_by_id", "made_at"),
    ),
    "matching_personfile": ("id", "citizen_id"),
    "matching_joblist": ("id", "citizen_id"),
    "matching_listedopening": ("id", "opening_id"),
    "matching_matchrun": (*("id", "asked_by_id", "started_at", "rule_version", "top", "per_place", "per_person"),),
    "matching_proposal": (
        *("id", "citizen_id", "opening_id", "company_id", "picked_by_id", "picked_side", "picked_at", "why"),
        *("rule_version", "person_input", "opening_input", "measures_input", "answer", "proposed_round"),
    ),
    "placements_introduction": (
        *("id", "citizen_id", "company_id", "proposal_id", "opening_id", "card_id", "name", "made_by_id", "made_at"),
    ),
    "placements_participant": ("id", "citizen_id", "company_id", "introduction_id"),
    "placements_arrangement": ("id", "citizen_id", "company_id", "proposal_id", "measure"),
    "placements_placement": ("id", "citizen_id", "company_id", "proposal_id", "opening_id", "made_by_id", "made_at"),
    "follow_up_talk": (
        *("id", "citizen_id", "company_id", "placement_id", "party", "due_on", "asked", "made_by_id", "asked_at"),
    ),
    "follow_up_talklink": ("id", "citizen_id", "talk_id", "token_hash", "until_at", "sent_by_id", "sent_at"),
    "follow_up_helprequest": (
        *("id", "citizen_id", "company_id", "placement_id", "talk_id", "party", "words"),
        *("asked_by_id", "asked_at", "asked_on", "answer_by"),
    ),
    "follow_up_sickleave": ("id", "citizen_id", "company_id", "placement_id", "noted_by_id", "noted_at"),
    "meetings_meeting": ("id", "citizen_id", "company_id", "made_by_id", "made_at"),
    "meetings_meetingwords": ("id", "citizen_id", "meeting_id"),
    "meetings_meetingparticipant": ("id", "citizen_id", "company_id", "meeting_id", "party", "user_id", "contact_id"),
    "meetings_meetinghelp": ("id", "citizen_id", "company_id", "meeting_id", "kind"),
    "meetings_calendarfeed": ("id", "user_id", "token_hash", "made_at"),
    "outbox_message": (
        *("id", "key", "citizen_id", "user_id", "email", "name", "language", "kind", "values", "event", "send_at"),
        *("until_at", "made_at"),
    ),
    "outbox_messagechoice": ("id", "citizen_id"),
    "mobility_changewish": (
        *("id", "citizen_id", "placement_id", "kinds", "words", "soon", "told_by_id", "on_behalf", "told_at"),
    ),
    "mobility_notice": ("id", "citizen_id", "placement_id", "told_by_id", "told_at"),
    "mobility_laststep": ("id", "citizen_id", "notice_id", "code", "owner", "made_at"),
    "mobility_observation": (
        *("id", "citizen_id", "placement_id", "area", "words", "seen_by", "noted_by_id", "noted_at"),
    ),
    "placements_onboardingplan": ("id", "citizen_id", "company_id", "placement_id", "accepted_by_id", "accepted_at"),
    "placements_onboardingtask": (
        *("id", "citizen_id", "company_id", "placement_id", "code", "measure", "is_arranging", "made_at"),
    ),
    "placements_onboardingplanwords": ("id", "citizen_id", "plan_id"),
    "placements_onboardingtaskwords": ("id", "citizen_id", "task_id"),
    "reminders_mailchoice": ("id", "user_id"),
    "reminders_digest": ("id", "user_id", "day", "made_at"),
    "teams_competence": ("id", "user_id", "kind", "code", "sureness", "told_by_id", "told_at"),
    "teams_workinghours": ("id", "user_id", "hours", "from_on", "told_by_id"),
    "teams_absence": ("id", "user_id", "noted_by_id", "noted_at"),
    "teams_buddypair": ("id", "team_id", "first_id", "second_id", "from_on", "made_by_id"),
    "teams_cover": ("id", "citizen_id", "case_id", "absence_id", "user_id", "reason", "from_on", "arranged_by_id"),
    "teams_handover": ("id", "citizen_id", "case_id", "from_user_id", "to_user_id", "started_by_id", "started_at"),
    "teams_learningnote": ("id", "unit_id", "kind", "code", "text", "written_by_id", "written_at"),
    "external_actors_externalactor": ("id", "municipality_id", "cvr", "created_by_id", "created_at"),
    "external_actors_externalagreement": (
        *("id", "external_actor_id", "themes", "purpose", "from_on", "written_by_id", "written_at"),
    ),
    "external_actors_externalperson": ("id", "external_actor_id", "added_by_id"),
    # What the citizen has said yes to stays as they read it.
    "external_actors_engagement": (
        *("id", "citizen_id", "external_actor_id", "agreement_id", "theme", "goal", "told", "shown_name"),
        *("from_on", "until_on", "made_by_id", "made_at"),
    ),
    "external_actors_engagementperson": ("id", "citizen_id", "engagement_id", "external_person_id"),
    "worklist_savedfilter": ("id", "user_id"),
    "outreach_outreacheffort": (
        *("id", "municipality_id", "purpose", "why", "facts", "since", "from_on", "started_by_id", "started_at"),
    ),
    "screening_dialogue": ("id", "citizen_id", "guide_version", "started_at", "started_by_id"),
    "key_persons_advicemodel": ("id", "unit_id", "model", "answer_days", "from_on", "chosen_by_id"),
    "key_persons_adviser": ("id", "user_id", "kind", "unit_id", "team_id", "from_on"),
    "key_persons_away": ("id", "adviser_id", "from_on", "noted_by_id"),
    "key_persons_question": (
        *("id", "asker_id", "unit_id", "team_id", "text", "context", "schemes", "groups", "name_marks"),
        *("directed_to_id", "asked_at"),
    ),
    "key_persons_entry": ("id", "municipality_id"),
}
# Made by functions of the owner: one asks for a reason and sets the hours, one lets a key be queued once.
NEVER_INSERTED = ("cases_breakglass", "closing_movedaway", "key_persons_entryversion", "outbox_message")

_GRANTS = """
grant usage on schema public to {app};
grant select, insert, update, delete on all tables in schema public to {app};
grant usage on all sequences in schema public to {app};
revoke insert, update, delete on {read_only} from {app};
revoke all on {out_of_reach} from {app};
revoke delete on {never_deleted} from {app};
revoke update on {never_changed} from {app};
revoke insert on {never_inserted} from {app};
revoke create on schema public from public, {app};
"""
_COLUMNS = """
    select c.relname, array_agg(a.attname order by a.attnum) from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relname = any(%s) and a.attnum > 0 and not a.attisdropped
    group by 1
"""


def apply_grants(connection: BaseDatabaseWrapper, *, app_role: str = APP_ROLE) -> None:
    """The application role has its rights, and no more, on everything that exists now."""
    quoted = connection.ops.quote_name

    def names(tables: tuple[str, ...] | list[str]) -> str:
        return ", ".join(quoted(table) for table in tables)

    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relname like 'audit\\_%\\_%' and relkind = 'r'")
        partitions = [name for (name,) in cursor.fetchall() if name.split("_")[1] in ("look", "change", "event")]
        cursor.execute(
            _GRANTS.format(
                app=quoted(app_role),
                read_only=names([*READ_ONLY, *partitions]),
                out_of_reach=names(OUT_OF_REACH),
                never_deleted=names(NEVER_DELETED),
                never_changed=names(NEVER_CHANGED),
                never_inserted=names(NEVER_INSERTED),
            )
        )
        cursor.execute(_COLUMNS, [list(FIXED)])
        for table, columns in cursor.fetchall():
            free = [column for column in columns if column not in FIXED[table]]
            cursor.execute(f"revoke update on {quoted(table)} from {quoted(app_role)}")
            cursor.execute(f"grant update ({names(free)}) on {quoted(table)} to {quoted(app_role)}")
        cursor.execute("select audit_rebase()")
