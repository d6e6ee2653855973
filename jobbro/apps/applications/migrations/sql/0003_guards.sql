-- Citizens apply for themselves and those who work with them apply for them. Decisions and claims are recorded by employees.
create function app_keeps_applications() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select app_self() is null and app_has_role(array['team_lead', 'caseworker', 'job_broker'])
$$;
create policy writers on applications_application as restrictive for insert
    with check (started_by_id = (select app_actor())
                and ((select app_keeps_applications()) or citizen_id = (select app_self())));
create policy writers_change on applications_application as restrictive for update
    with check ((select app_keeps_applications()) or citizen_id = (select app_self()));
create policy writers on applications_document as restrictive for insert
    with check ((select app_keeps_applications()) or citizen_id = (select app_self()));
create policy writers_change on applications_document as restrictive for update
    with check ((select app_keeps_applications()) or citizen_id = (select app_self()));
-- A citizen takes back an application; every other outcome is an authority's.
create policy own_name on applications_decision as restrictive for insert
    with check (recorded_by_id = (select app_actor())
                and ((select app_keeps_applications()) or (citizen_id = (select app_self()) and outcome = 'withdrawn')));
create policy writers on applications_vacancy as restrictive for insert
    with check (noted_by_id = (select app_actor())
                and ((select app_keeps_applications()) or citizen_id = (select app_self())));
create policy writers_change on applications_vacancy as restrictive for update
    with check ((select app_keeps_applications())
                or (citizen_id = (select app_self()) and state in ('noted', 'invited', 'interviewed', 'hired', 'withdrawn',
                                                                   'reasoned_refusal', 'vacancy_released', 'filled_without')));
create policy own_name on applications_negotiation as restrictive for insert
    with check ((select app_keeps_applications()) and recorded_by_id = (select app_actor()));
create policy writers on applications_claim as restrictive for insert with check ((select app_keeps_applications()));
create policy writers_change on applications_claim as restrictive for update with check ((select app_keeps_applications()));
