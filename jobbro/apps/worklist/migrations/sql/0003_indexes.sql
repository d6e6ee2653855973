-- Partial indexes that hold what a source of the worklist says, so that a unit's 50,000 courses are not read for the few
-- rows wanted. They belong to the worklist and go with it; the models of the tables say nothing of them.
create index worklist_unplanned on cases_case (citizen_id) include (id, last_step_on)
    where state <> 'closed' and (next_step_on is null or next_step = '');
create index worklist_step on cases_case (next_step_on) include (citizen_id, id, next_step) where state <> 'closed';
create index worklist_quiet on cases_case (last_step_on) include (citizen_id, id) where state = 'open';
create index worklist_lead on cases_casemember (case_id) include (citizen_id, user_id, id, from_on, until_on) where role = 'lead';
create index worklist_action on plans_action (due_on) include (citizen_id, id, goal_id, who, responsible_id, state)
    where state in ('agreed', 'under_way');
create index worklist_goal on plans_goal (id) include (plan_id);
