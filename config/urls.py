"""All addresses: one include a slice."""

from django.urls import include, path

SLICES = (
    "home",
    "accounts",
    "cases",
    "citizens",
    "screening",
    "guidance",
    "open_guide",
    "scheme_caseload",
    "applications",
    "plans",
    "economics",
    "organisations",
    "audit",
    "imports",
    "employers",
    "employer_home",
    "tasks",
    "work_wish",
    "partners_near",
    "carving",
    "openings",
    "proposals",
    "matching_overview",
    "cards",
    "placements",
    "reminders",
    "teams",
    "key_persons",
    "worklist",
    "courses",
    "onboarding",
    "follow_up",
    "external_actors",
    "outreach",
    "meetings",
    "mobility",
    "closing",
)

urlpatterns = [path("", include(f"jobbro.web.{name}.urls")) for name in SLICES]

handler400 = "jobbro.web.errors.views.bad_request"
handler403 = "jobbro.web.errors.views.forbidden"
handler404 = "jobbro.web.errors.views.not_found"
handler500 = "jobbro.web.errors.views.server_error"
