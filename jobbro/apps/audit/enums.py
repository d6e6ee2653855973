"""Closed lists of the audit: purposes of a look, kinds of a look, verbs of an act."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Why somebody looked at a person; free text only together with `break_glass`."""

    CASEWORK = "casework", _("Work on your plan")
    SCREENING = "screening", _("Dialogue about your needs")
    WORKLIST = "worklist", _("Overview of own citizens")
    LEADERSHIP = "leadership", _("The team lead's overview")
    REGISTRATION = "registration", _("Registration and import")
    SEARCH = "search", _("Search")
    BREAK_GLASS = "break_glass", _("Urgent access with a written reason")
    OWN = "own", _("You looked yourself")
    AUDIT = "audit", _("Check of look-ups")


class Kind(TextChoices):
    READ = "read", _("Read")
    LIST = "list", _("List")
    SEARCH = "search", _("Search")
    WRITE = "write", _("Change")
    EXPORT = "export", _("Export")
    PRINT = "print", _("Print")


class Tier(TextChoices):
    """How delicate the fields were."""

    ORDINARY = "ordinary", _("Name and contact")
    HEALTH = "health", _("Needs and support")
    PROTECTED = "protected", _("Protected name and address")


class Outcome(TextChoices):
    SHOWN = "shown", _("Shown")
    DENIED = "denied", _("Denied")


class Verb(TextChoices):
    """What a service did. A new service adds its verb here."""

    LOGGED_IN = "logged_in", _("logged in")
    LOGIN_FAILED = "login_failed", _("failed to log in")
    LOGGED_OUT = "logged_out", _("logged out")
    PASSWORD_CHANGED = "password_changed", _("changed the password")
    PREFERENCES_CHANGED = "preferences_changed", _("changed language or reading level")
    USER_ADDED = "user_added", _("added a colleague")
    USER_CHANGED = "user_changed", _("changed a colleague")
    POSITION_STARTED = "position_started", _("gave a role")
    POSITION_ENDED = "position_ended", _("ended a role")
    UNIT_ADDED = "unit_added", _("added a unit")
    UNIT_CHANGED = "unit_changed", _("changed a unit")
    TEAM_ADDED = "team_added", _("added a team")
    TEAM_CHANGED = "team_changed", _("changed a team")
    CITIZEN_REGISTERED = "citizen_registered", _("registered a citizen")
    REGISTRATION_REFUSED = "registration_refused", _("tried to register a number that is registered")
    CITIZEN_CHANGED = "citizen_changed", _("changed contact details")
    CONSENT_GIVEN = "consent_given", _("gave a consent")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("took back a consent")
    BENEFIT_CHANGED = "benefit_changed", _("changed the benefit period")
    CASE_OPENED = "case_opened", _("opened the course")
    CASE_MOVED = "case_moved", _("changed the state of the course")
    CASE_TRANSFERRED = "case_transferred", _("moved the course to another team")
    MEMBER_JOINED = "member_joined", _("joined the team around the citizen")
    MEMBER_LEFT = "member_left", _("left the team around the citizen")
    NOTE_WRITTEN = "note_written", _("wrote in the log")
    NEXT_STEP_SET = "next_step_set", _("set the next step")
    GLASS_BROKEN = "glass_broken", _("opened a file urgently")
    GLASS_REVIEWED = "glass_reviewed", _("answered an urgent access")
    LOOK_QUESTIONED = "look_questioned", _("asked about a look-up")
    LOOK_ANSWERED = "look_answered", _("answered a question about a look-up")
    DIALOGUE_STARTED = "dialogue_started", _("started a dialogue")
    ANSWER_RECORDED = "answer_recorded", _("answered")
    DIALOGUE_PAUSED = "dialogue_paused", _("paused the dialogue")
    DIALOGUE_FINISHED = "dialogue_finished", _("finished the dialogue")
    DIALOGUE_REOPENED = "dialogue_reopened", _("opened the dialogue again")
    PROFILE_AGREED = "profile_agreed", _("agreed the needs")
    FACT_TOLD = "fact_told", _("told a fact for the schemes")
    FACT_WITHDRAWN = "fact_withdrawn", _("took back a fact for the schemes")
    FACTS_REFRESHED = "facts_refreshed", _("brought what is known up to date")
    GUIDANCE_KEPT = "guidance_kept", _("kept guidance about the schemes")
    SUPPORT_CHOSEN = "support_chosen", _("chose support")
    APPLICATION_STARTED = "application_started", _("started an application")
    APPLICATION_WRITTEN = "application_written", _("wrote in an application")
    APPLICATION_MOVED = "application_moved", _("moved an application on")
    DOCUMENT_CHANGED = "document_changed", _("changed the list of documents")
    DECISION_RECORDED = "decision_recorded", _("recorded a decision")
    VACANCY_NOTED = "vacancy_noted", _("noted a post with fortrinsadgang")
    VACANCY_MOVED = "vacancy_moved", _("moved a post with fortrinsadgang on")
    DEADLINE_SET = "deadline_set", _("set the municipality's own deadline for a decision")
    CLAIM_ENTERED = "claim_entered", _("entered the hours of a quarter")
    CLAIM_MOVED = "claim_moved", _("moved a claim on")
    PLAN_STARTED = "plan_started", _("started a plan")
    PLAN_CHANGED = "plan_changed", _("changed the plan")
    PLAN_AGREED = "plan_agreed", _("agreed the plan")
    PLAN_CLOSED = "plan_closed", _("closed the plan")
    ACTION_CHANGED = "action_changed", _("changed a step of the plan")
    IMPORT_CHECKED = "import_checked", _("checked an import")
    IMPORT_CORRECTED = "import_corrected", _("corrected an import")
    IMPORT_RUN = "import_run", _("ran an import")
    TASK_ADDED = "task_added", _("added a task")
    TASK_CHANGED = "task_changed", _("changed a task")
    TASK_REMOVED = "task_removed", _("took a task off the list")
    TASK_RESTORED = "task_restored", _("brought a task back")
    TASKS_GATHERED = "tasks_gathered", _("added several tasks at once")
    TASKS_IMPORTED = "tasks_imported", _("read tasks from a file")
    DEMAND_PREFILLED = "demand_prefilled", _("prefilled what a task asks")
    DEMAND_CONFIRMED = "demand_confirmed", _("confirmed what a task asks")
    HOLDER_ADDED = "holder_added", _("added a post")
    HOLDER_CHANGED = "holder_changed", _("changed a post")
    WORK_WISH_TOLD = "work_wish_told", _("told when and how much to work")
    LOGS_SEALED = "logs_sealed", _("sealed the logs")
