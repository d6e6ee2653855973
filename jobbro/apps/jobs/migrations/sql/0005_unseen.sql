-- Whether a job is for somebody whom the actor does not see; never who. Only for staff who see the job itself.
create function app_is_job_for_unseen(job uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select (select app_keeps_partners())
        and exists(select from jobs_carvedfor f join jobs_carvedjob j on j.id = f.job_id
                   where f.job_id = job and j.company_id in (select unnest(app_partner_companies()))
                     and not f.citizen_id = any((select app_citizens())::uuid[]))
$$;
