-- Plans are written by those who work with the citizen. The citizen says yes to the plan and tells how steps went.
create function app_writes_plans() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select app_self() is null and app_has_role(array['team_lead', 'caseworker', 'job_broker'])
$$;
create policy writers on plans_supportdecision as restrictive for insert with check ((select app_writes_plans()));
create policy writers on plans_plan as restrictive for insert with check ((select app_writes_plans()));
create policy writers_change on plans_plan as restrictive for update
    with check ((select app_writes_plans()) or citizen_id = (select app_self()));
create policy writers on plans_goal as restrictive for insert with check ((select app_writes_plans()));
create policy writers_change on plans_goal as restrictive for update with check ((select app_writes_plans()));
create policy writers_end on plans_goal as restrictive for delete using ((select app_writes_plans()));
create policy writers on plans_action as restrictive for insert with check ((select app_writes_plans()));
create policy writers_change on plans_action as restrictive for update
    with check ((select app_writes_plans()) or (citizen_id = (select app_self()) and who = 'citizen'));
create policy writers_end on plans_action as restrictive for delete using ((select app_writes_plans()));
