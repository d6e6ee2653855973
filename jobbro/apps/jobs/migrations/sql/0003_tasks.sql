-- Whether a task is in a job that is drafted, proposed or agreed: the company may know that, not which job, while it is a draft.
create function app_is_task_in_job(task uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_carvedtask c join jobs_task t on t.id = c.task_id
                  where c.task_id = task and c.is_live
                    and (t.company_id in (select unnest(app_partner_companies()))
                         or t.company_id in (select unnest(app_companies()))))
$$;
