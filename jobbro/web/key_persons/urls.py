"""Addresses of the key persons slice."""

from django.urls import URLPattern, path

from . import asking, counting, knowledge, questions, register

UNIT = "key-persons/units/<uuid:unit_id>"
ADVISER = "key-persons/<uuid:adviser_id>"
ASKED = "questions/<uuid:asked_id>"
ENTRY = "knowledge/<uuid:knowledge_id>"

urlpatterns: list[URLPattern] = [
    path("key-persons/", register.key_persons, name="key_persons"),
    path(f"{UNIT}/set/", register.key_person_set, name="key_person_set"),
    path(f"{UNIT}/model/set/", register.advice_model_set, name="advice_model_set"),
    path(f"{ADVISER}/change/", register.key_person_change, name="key_person_change"),
    path(f"{ADVISER}/end/", register.key_person_end, name="key_person_end"),
    path(f"{ADVISER}/away/add/", register.key_person_away, name="key_person_away"),
    path(f"{ADVISER}/away/<uuid:away_id>/end/", register.key_person_back, name="key_person_back"),
    path("key-persons/use/", counting.key_person_use, name="key_person_use"),
    path("key-persons/ask/", asking.ask_key_person, name="ask_key_person"),
    path("questions/", questions.questions, name="questions"),
    path(f"{ASKED}/", questions.question, name="question"),
    path(f"{ASKED}/take/", questions.question_take, name="question_take"),
    path(f"{ASKED}/release/", questions.question_release, name="question_release"),
    path(f"{ASKED}/answer/", questions.question_answer, name="question_answer"),
    path(f"{ASKED}/ask-further/", questions.question_ask_further, name="question_ask_further"),
    path(f"{ASKED}/close/", questions.question_close, name="question_close"),
    path(f"{ASKED}/keep/", knowledge.question_keep, name="question_keep"),
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/near/", knowledge.knowledge_near, name="knowledge_near"),
    path("knowledge/add/", knowledge.knowledge_add, name="knowledge_add"),
    path(f"{ENTRY}/", knowledge.knowledge_entry, name="knowledge_entry"),
    path(f"{ENTRY}/change/", knowledge.knowledge_change, name="knowledge_change"),
    path(f"{ENTRY}/withdraw/", knowledge.knowledge_withdraw, name="knowledge_withdraw"),
    path(f"{ENTRY}/useful/", knowledge.knowledge_useful, name="knowledge_useful"),
]
