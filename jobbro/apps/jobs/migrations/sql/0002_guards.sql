-- What hangs together is of one workplace and one company: a foreign key looks past the wall.
create policy same_company on jobs_holder as restrictive for insert with check (app_is_workplace_of(workplace_id, company_id));
create policy same_company on jobs_task as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id) and app_is_holder_of(holder_id, workplace_id)
                and changed_by_id = (select app_actor()));
create policy same_company_change on jobs_task as restrictive for update
    with check (app_is_holder_of(holder_id, workplace_id) and changed_by_id = (select app_actor()));
create policy own_name on jobs_carving as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id) and started_by_id = (select app_actor()));
create policy own_name on jobs_carvedjob as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id) and made_by_id = (select app_actor()));
create policy same_job on jobs_carvedtask as restrictive for insert
    with check (app_is_carved_at(job_id, company_id) and app_is_task_for(task_id, job_id));
create policy same_job on jobs_carvedsupport as restrictive for insert with check (app_is_carved_at(job_id, company_id));
create policy own_search on jobs_carvingperson as restrictive for insert with check (app_is_carving_for(carving_id));
create policy own_name on jobs_carvedfor as restrictive for insert
    with check (chosen_by_id = (select app_actor()) and app_is_partner_job(job_id) and (select app_keeps_partners()));
create policy writers on jobs_workwish as restrictive for insert
    with check (changed_by_id = (select app_actor())
                and (citizen_id = (select app_self()) or (select app_keeps_partners())));
create policy writers_change on jobs_workwish as restrictive for update
    with check (changed_by_id = (select app_actor())
                and (citizen_id = (select app_self()) or (select app_keeps_partners())));

-- Of a proposal the company answers yes or no; what it is made of stays as it was shown.
create function carved_job_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('jobs_carvedjob') or (select app_keeps_partners()) then
        return new;
    end if;
    if old.state <> 'proposed' or new.state not in ('agreed', 'declined')
       or (new.title, new.description, new.hours, new.wage, new.demand, new.requires, new.places)
          is distinct from (old.title, old.description, old.hours, old.wage, old.demand, old.requires, old.places)
    then
        raise insufficient_privilege using message = 'permission denied: a proposal is answered as it was made';
    end if;
    return new;
end $$;
create trigger stands before update on jobs_carvedjob for each row execute function carved_job_stands();
create function carved_task_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('jobs_carvedtask') or (select app_keeps_partners()) then
        return coalesce(new, old);
    end if;
    if tg_op = 'UPDATE' and not new.is_live
       and (new.job_id, new.task_id, new.slots) is not distinct from (old.job_id, old.task_id, old.slots)
    then
        return new;
    end if;
    raise insufficient_privilege using message = 'permission denied: a proposal is answered as it was made';
end $$;
create trigger stands before insert or update or delete on jobs_carvedtask for each row execute function carved_task_stands();
