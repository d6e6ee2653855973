"""Addresses of the carving workshop."""

from django.urls import URLPattern, path

from . import changing, jobs, making, moving, searches, starting

PLACE = "workplaces/<uuid:workplace_id>"
SEARCH = "carvings/<uuid:carving_id>"
JOB = "carved-jobs/<uuid:job_id>"

urlpatterns: list[URLPattern] = [
    path(f"{PLACE}/carvings/start/", starting.carving_start, name="carving_start"),
    path(f"{SEARCH}/", searches.carving, name="carving"),
    path(f"{SEARCH}/stop/", searches.carving_stop, name="carving_stop"),
    path(f"{SEARCH}/take/", searches.carving_take, name="carving_take"),
    path(f"{PLACE}/carved-jobs/", jobs.carved_jobs, name="carved_jobs"),
    path(f"{PLACE}/carved-jobs/make/", making.carved_job_make, name="carved_job_make"),
    path(f"{JOB}/", jobs.carved_job, name="carved_job"),
    path(f"{JOB}/job.json", jobs.carved_job_file, name="carved_job_file"),
    path(f"{JOB}/proposal.pdf", jobs.carved_job_pdf, name="carved_job_pdf"),
    path(f"{JOB}/change/", changing.carved_job_change, name="carved_job_change"),
    path(f"{JOB}/propose/", moving.carved_job_propose, name="carved_job_propose"),
    path(f"{JOB}/moves/<slug:deed>/", moving.carved_job_state, name="carved_job_state"),
]
