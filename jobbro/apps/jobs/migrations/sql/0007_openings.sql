-- Everybody who seeks a job or helps somebody seek, and the worker that lists jobs at night.
create function app_reads_pool() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select app_actor() = '00000000-0000-7000-8000-000000000001' or app_self() is not null
        or exists(select from app_positions())
$$;
create policy pool on jobs_opening for select
    using (state = 'open' and not is_reserved and (is_public or (select app_reads_pool())));
-- The citizen for whom the job was carved.
create policy reserved on jobs_opening for select using (carved_job_id in (select unnest(app_offered_jobs())));

create function app_is_carved_of(job uuid, workplace uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select job is null or exists(select from jobs_carvedjob j where j.id = job and j.workplace_id = workplace)
$$;
create function app_is_opening_confirmed_by(opening uuid, account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_opening o where o.id = opening and o.confirmed_by_id = account)
$$;
-- Of one company, in one's own name; a company enters vacancies, carved jobs come from the workshop.
create policy same_company on jobs_opening as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id) and app_is_carved_of(carved_job_id, workplace_id)
                and made_by_id = (select app_actor()) and changed_by_id = (select app_actor())
                and (carved_job_id is null or (select app_keeps_partners()))
                and (confirmed_by_id is null or confirmed_by_id = (select app_actor())));
create policy own_name on jobs_opening as restrictive for update
    with check (changed_by_id = (select app_actor())
                and (confirmed_by_id is null or confirmed_by_id = (select app_actor())
                     or app_is_opening_confirmed_by(id, confirmed_by_id)));
