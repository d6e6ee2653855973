"""Addresses of the teams slice."""

from django.urls import URLPattern, path

from . import absences, handovers, knowledge, pairs, routing

urlpatterns: list[URLPattern] = [
    path("teams/<uuid:team_id>/today/", absences.team_home, name="team_home"),
    path("teams/<uuid:team_id>/cover/", absences.cover_plan, name="cover_plan"),
    path("teams/<uuid:team_id>/absence/add/", absences.absence_add, name="absence_add"),
    path("absences/<uuid:absence_id>/end/", absences.absence_end, name="absence_end"),
    path("teams/<uuid:team_id>/pair/make/", pairs.pair_make, name="pair_make"),
    path("teams/<uuid:team_id>/pair/<uuid:pair_id>/end/", pairs.pair_end, name="pair_end"),
    path("routing/", routing.routing, name="routing"),
    path("routing/<uuid:citizen_id>/decide/", routing.routing_decide, name="routing_decide"),
    path("citizens/<uuid:citizen_id>/handover/start/", handovers.handover_start, name="handover_start"),
    path("handovers/<uuid:handover_id>/", handovers.handover, name="handover"),
    path("handovers/<uuid:handover_id>/<str:item>/write/", handovers.handover_write, name="handover_write"),
    path("handovers/<uuid:handover_id>/finish/", handovers.handover_finish, name="handover_finish"),
    path("handovers/<uuid:handover_id>/call-off/", handovers.handover_call_off, name="handover_call_off"),
    path("competences/", knowledge.competences, name="competences"),
    path("competences/<uuid:user_id>/", knowledge.competences_of, name="competences_of"),
    path("competences/<uuid:user_id>/add/", knowledge.competence_add, name="competence_add"),
    path("competences/<uuid:user_id>/hours/set/", knowledge.hours_set, name="hours_set"),
    path("competences/<uuid:user_id>/<uuid:competence_id>/end/", knowledge.competence_end, name="competence_end"),
    path("units/<uuid:unit_id>/competences/", knowledge.competence_map, name="competence_map"),
    path("learning/", knowledge.learning_notes, name="learning_notes"),
    path("learning/add/", knowledge.learning_note_add, name="learning_note_add"),
    path("learning/<uuid:learning_id>/withdraw/", knowledge.learning_note_withdraw, name="learning_note_withdraw"),
]
