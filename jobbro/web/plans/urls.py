"""Addresses of the plans slice."""

from django.urls import path

from . import agreeing, editing, support, views

PERSON = "citizens/<uuid:citizen_id>"
GOAL = f"{PERSON}/plan/goals/<uuid:goal_id>"
STEP = f"{PERSON}/plan/steps/<uuid:action_id>"

urlpatterns = [
    path(f"{PERSON}/support/", support.support, name="support"),
    path(f"{PERSON}/plan/", views.plan, name="plan"),
    path(f"{PERSON}/plan/plan.pdf", views.plan_pdf, name="plan_pdf"),
    path(f"{PERSON}/plan/start/", editing.plan_start, name="plan_start"),
    path(f"{PERSON}/plan/propose/", agreeing.plan_propose, name="plan_propose"),
    path(f"{PERSON}/plan/agree/", agreeing.plan_agree, name="plan_agree"),
    path(f"{PERSON}/plan/agreed/", agreeing.plan_agreed, name="plan_agreed"),
    path(f"{PERSON}/plan/revise/", agreeing.plan_revise, name="plan_revise"),
    path(f"{PERSON}/plan/close/", agreeing.plan_close, name="plan_close"),
    path(f"{PERSON}/plan/goals/add/", editing.plan_goal_add, name="plan_goal_add"),
    path(f"{GOAL}/", editing.plan_goal, name="plan_goal"),
    path(f"{GOAL}/move/", editing.plan_goal_move, name="plan_goal_move"),
    path(f"{GOAL}/remove/", editing.plan_goal_remove, name="plan_goal_remove"),
    path(f"{GOAL}/steps/add/", editing.plan_step_add, name="plan_step_add"),
    path(f"{STEP}/", editing.plan_step, name="plan_step"),
    path(f"{STEP}/move/", editing.plan_step_move, name="plan_step_move"),
    path(f"{STEP}/remove/", editing.plan_step_remove, name="plan_step_remove"),
    path(f"{STEP}/tell/", views.plan_step_tell, name="plan_step_tell"),
]
