-- Whoever could name a later day would end every job that has a last one.
create or replace function mobility_end_passed(day date, moment timestamptz) returns table (citizen_id uuid, placement_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    job record;
begin
    if not app_is_worker() then
        raise insufficient_privilege using message = 'permission denied: the worker ends jobs by their day';
    end if;
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
