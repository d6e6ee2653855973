-- A wage hangs on a post of the same company: otherwise it would stand in the way of the company's own.
create function app_is_holder_at(holder uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_holder h where h.id = holder and h.company_id = company)
$$;
create policy same_company on jobs_holderwage as restrictive for insert with check (app_is_holder_at(holder_id, company_id));

-- A job comes from a search at its own workplace, and is made by staff: the company answers.
create function app_is_search_at(search uuid, workplace uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select search is null or exists(select from jobs_carving c where c.id = search and c.workplace_id = workplace)
$$;
create policy made_by_staff on jobs_carvedjob as restrictive for insert
    with check ((select app_keeps_partners()) and app_is_search_at(carving_id, workplace_id));
create policy own_search on jobs_carvedjob as restrictive for update with check (app_is_search_at(carving_id, workplace_id));

-- Whoever says that a task asks this says so in their own name; what somebody else has said may stand.
create function app_is_confirmed_by(task uuid, account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_task t where t.id = task and t.confirmed_by_id = account)
$$;
create policy own_word on jobs_task as restrictive for insert
    with check (confirmed_by_id is null or confirmed_by_id = (select app_actor()));
create policy own_word_change on jobs_task as restrictive for update
    with check (confirmed_by_id is null or confirmed_by_id = (select app_actor()) or app_is_confirmed_by(id, confirmed_by_id));

-- Of a proposal the company answers yes or no; its tasks are free when it has said no.
create or replace function carved_job_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('jobs_carvedjob') or (select app_keeps_partners()) then
        return new;
    end if;
    if old.state <> 'proposed' or new.state not in ('agreed', 'declined')
       or (new.title, new.description, new.hours, new.wage, new.demand, new.requires, new.places, new.carving_id)
          is distinct from
          (old.title, old.description, old.hours, old.wage, old.demand, old.requires, old.places, old.carving_id)
    then
        raise insufficient_privilege using message = 'permission denied: a proposal is answered as it was made';
    end if;
    return new;
end $$;
create or replace function carved_task_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('jobs_carvedtask') or (select app_keeps_partners()) then
        return coalesce(new, old);
    end if;
    if tg_op = 'UPDATE' and not new.is_live
       and (new.job_id, new.task_id, new.slots) is not distinct from (old.job_id, old.task_id, old.slots)
       and exists(select from jobs_carvedjob j where j.id = old.job_id and j.state = 'declined')
    then
        return new;
    end if;
    raise insufficient_privilege using message = 'permission denied: a proposal is answered as it was made';
end $$;

-- A draft that came to nothing never was a proposal: of jobs taken back the company sees those that had been agreed.
create or replace function app_shown_jobs() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select j.id from jobs_carvedjob j where j.company_id = any((select app_companies())::uuid[])
                   and (j.state in ('proposed', 'agreed', 'declined') or (j.state = 'withdrawn' and j.agreed_with <> '')))
$$;
create policy shown on jobs_carvedjob as restrictive for select
    using (state in ('proposed', 'agreed', 'declined') or (state = 'withdrawn' and agreed_with <> '')
           or company_id in (select unnest(app_partner_companies())));
