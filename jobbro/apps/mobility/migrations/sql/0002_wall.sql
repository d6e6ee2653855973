-- What hangs together is of one citizen, and everybody writes in their own name. Whoever writes a citizen's own words
-- without being them says why.
create function mobility_is_job_of(placement uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_placement p
                  where p.id = placement and p.citizen_id = citizen and p.state in ('agreed', 'ended'))
$$;
create function mobility_is_notice_of(notice uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from mobility_notice n where n.id = notice and n.citizen_id = citizen)
$$;
create function mobility_writes_for(citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select citizen is not distinct from app_self() or app_keeps_partners()
$$;

create policy own_name on mobility_changewish as restrictive for insert
    with check (told_by_id = (select app_actor()) and mobility_writes_for(citizen_id)
                and (placement_id is null or mobility_is_job_of(placement_id, citizen_id))
                and (citizen_id is not distinct from (select app_self())) = (on_behalf = '')
                and talked_on is null and ended_on is null);
create policy who_changes on mobility_changewish as restrictive for update
    using (mobility_writes_for(citizen_id))
    with check (talked_by_id is null or citizen_id is distinct from (select app_self()) or ended_on is not null);

create policy own_name on mobility_notice as restrictive for insert
    with check (told_by_id = (select app_actor()) and changed_by_id = (select app_actor())
                and mobility_writes_for(citizen_id) and mobility_is_job_of(placement_id, citizen_id)
                and withdrawn_on is null);
create policy who_changes on mobility_notice as restrictive for update
    using (mobility_writes_for(citizen_id)) with check (changed_by_id = (select app_actor()));

create policy own_name on mobility_laststep as restrictive for insert
    with check (changed_by_id = (select app_actor()) and mobility_writes_for(citizen_id)
                and mobility_is_notice_of(notice_id, citizen_id));
create policy who_changes on mobility_laststep as restrictive for update
    using (mobility_writes_for(citizen_id) and (citizen_id is distinct from (select app_self()) or owner = 'citizen'))
    with check (changed_by_id = (select app_actor()));

create policy own_name on mobility_experience as restrictive for insert
    with check (told_by_id = (select app_actor()) and mobility_writes_for(citizen_id)
                and mobility_is_job_of(placement_id, citizen_id)
                and (citizen_id is not distinct from (select app_self())) = (on_behalf = ''));

create policy own_name on mobility_observation as restrictive for insert
    with check (noted_by_id = (select app_actor()) and mobility_writes_for(citizen_id)
                and mobility_is_job_of(placement_id, citizen_id) and state = 'proposed');
create policy who_changes on mobility_observation as restrictive for update
    using (mobility_writes_for(citizen_id))
    with check (answered_by_id = (select app_actor())
                and (citizen_id is not distinct from (select app_self())) = (on_behalf = ''));

-- When the last day has passed the job has ended: by a notice that stands, or because the agreed time is over and no
-- other wording waits. Called by the worker at night; every page counts with the day itself before that.
create function mobility_end_passed(day date, moment timestamptz) returns table (citizen_id uuid, placement_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    job record;
begin
    for job in
        select p.id, p.citizen_id, p.starts_on, n.last_on, n.reason, n.given_by, n.note, w.ends_on
        from placements_placement p
        left join mobility_notice n on n.placement_id = p.id and n.withdrawn_on is null and n.last_on < day
        left join lateral (
            select v.ends_on from placements_agreementversion v
            where v.placement_id = p.id and v.ends_on < day
              and (select count(*) from placements_signature s where s.version_id = v.id) = 3
              and v.number = (select max(x.number) from placements_agreementversion x where x.placement_id = p.id)) w
            on true
        where p.state = 'agreed' and (n.id is not null or w.ends_on is not null)
        order by p.id for update of p skip locked
    loop
        insert into placements_ending (id, citizen_id, placement_id, reason, decided_by, note, written_by_id, written_at)
        values (gen_random_uuid(), job.citizen_id, job.id, coalesce(job.reason, 'term'),
                coalesce(job.given_by, 'agreed'), coalesce(job.note, ''), null, moment);
        update placements_placement p
        set state = 'ended', state_on = day, ended_on = least(coalesce(job.last_on, job.ends_on), app_today())
        where p.id = job.id;
        citizen_id := job.citizen_id;
        placement_id := job.id;
        return next;
    end loop;
end $$;
