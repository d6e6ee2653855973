"""Addresses of courses."""

from django.urls import URLPattern, path

from . import catalogue, running, seats, sessions

COURSE = "courses/<uuid:course_id>"
SESSION = "course-sessions/<uuid:session_id>"
SEAT = "enrolments/<uuid:enrolment_id>"
MATERIAL = "course-materials/<uuid:material_id>"

urlpatterns: list[URLPattern] = [
    path("courses/", catalogue.courses, name="courses"),
    path("courses/add/", catalogue.course_add, name="course_add"),
    path(f"{COURSE}/", catalogue.course, name="course"),
    path(f"{COURSE}/change/", catalogue.course_change, name="course_change"),
    path(f"{COURSE}/turn/", catalogue.course_turn, name="course_turn"),
    path(f"{COURSE}/materials/add/", catalogue.course_material_add, name="course_material_add"),
    path(f"{COURSE}/sessions/add/", sessions.session_add, name="session_add"),
    path(f"{MATERIAL}/", catalogue.course_material, name="course_material"),
    path(f"{MATERIAL}/change/", catalogue.course_material_change, name="course_material_change"),
    path(f"{SESSION}/", sessions.session, name="session"),
    path(f"{SESSION}/change/", sessions.session_change, name="session_change"),
    path(f"{SESSION}/cancel/", sessions.session_cancel, name="session_cancel"),
    path(f"{SESSION}/attendance/", sessions.session_attendance, name="session_attendance"),
    path("citizens/<uuid:citizen_id>/courses/", seats.my_courses, name="my_courses"),
    path("citizens/<uuid:citizen_id>/courses/enrol/", seats.enrol, name="enrol"),
    path(f"{SEAT}/", seats.enrolment, name="enrolment"),
    path(f"{SEAT}/change/", seats.enrolment_change, name="enrolment_change"),
    path(f"{SEAT}/answer/", seats.enrolment_answer, name="enrolment_answer"),
    path(f"{SEAT}/leave/", seats.enrolment_leave, name="enrolment_leave"),
    path(f"{SEAT}/return/", seats.enrolment_return, name="enrolment_return"),
    path(f"{SEAT}/finish/", running.enrolment_finish, name="enrolment_finish"),
    path(f"{SEAT}/outcome/tell/", running.enrolment_outcome, name="enrolment_outcome"),
    path(f"{SEAT}/kursusbevis.pdf", running.certificate_pdf, name="certificate_pdf"),
]
