drop policy shown on jobs_carvedjob;
create or replace function app_shown_jobs() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select j.id from jobs_carvedjob j where j.state <> 'draft' and j.company_id = any((select app_companies())::uuid[]))
$$;
drop policy own_word_change on jobs_task;
drop policy own_word on jobs_task;
drop policy own_search on jobs_carvedjob;
drop policy made_by_staff on jobs_carvedjob;
drop policy same_company on jobs_holderwage;
drop function app_is_confirmed_by(uuid, uuid), app_is_search_at(uuid, uuid), app_is_holder_at(uuid, uuid);
