-- Wages are for those who hold the relation with the company, and for the company's people who may see them there.
create function app_wage_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select c.id from employers_company c
        where c.id in (select unnest(app_partner_companies())) and (select app_keeps_partners())
          and (c.broker_id = app_actor() or c.team_id = any((select app_teams())::uuid[]))
        union
        select c.company_id from employers_contactperson c
        where c.user_id = app_actor() and c.sees_wages and c.company_id = any((select app_companies())::uuid[])
          and c.from_on <= app_today() and coalesce(c.until_on, 'infinity') >= app_today())
$$;

-- A search for named persons is for those who may see every one of them.
create function app_sees_carving(search uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select not exists(select from jobs_carvingperson p where p.carving_id = search
                        and not p.citizen_id = any((select app_citizens())::uuid[]))
$$;

-- Carved jobs that the company of the actor has been shown.
create function app_shown_jobs() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select j.id from jobs_carvedjob j where j.state <> 'draft' and j.company_id = any((select app_companies())::uuid[]))
$$;

-- Carved jobs that are for the actor, with their tasks, workplaces and companies.
create function app_offered_jobs() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select f.job_id from jobs_carvedfor f join jobs_carvedjob j on j.id = f.job_id
                 where f.citizen_id = (select app_self()) and j.state in ('proposed', 'agreed'))
$$;
create function app_offered_tasks() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select t.task_id from jobs_carvedtask t where t.job_id = any((select app_offered_jobs())::uuid[]))
$$;
create function app_offered_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct j.company_id from jobs_carvedjob j where j.id = any((select app_offered_jobs())::uuid[]))
$$;
create policy offered on employers_company for select using (id in (select unnest(app_offered_companies())));
create policy offered on employers_workplace for select
    using (company_id in (select unnest(app_offered_companies())));

create function app_is_holder_of(holder uuid, workplace uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select holder is null or exists(select from jobs_holder h where h.id = holder and h.workplace_id = workplace)
$$;
create function app_is_carved_at(job uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_carvedjob j where j.id = job and j.company_id = company)
$$;
create function app_is_task_for(task uuid, job uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_task t join jobs_carvedjob j on j.workplace_id = t.workplace_id where t.id = task and j.id = job)
$$;
create function app_is_carving_for(search uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_carving c where c.id = search and c.started_by_id = app_actor())
$$;
create function app_is_partner_job(job uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_carvedjob j where j.id = job and j.company_id in (select unnest(app_partner_companies())))
$$;
