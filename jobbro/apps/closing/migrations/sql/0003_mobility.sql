-- Notices and last steps go along with their job. What was written about wishes and experience is of the plan and the
-- needs; the old municipality's efforts to find people stay there.
do $$
declare
    wall record;
begin
    for wall in select * from (values
        ('mobility_changewish', 'plan'), ('mobility_experience', 'profile'), ('mobility_observation', 'profile'),
        ('outreach_openinganswer', ''), ('outreach_outreachperson', ''), ('outreach_outreachcontact', '')
    ) as walls(name, what) loop
        execute format(
            'create policy before_move on %I as restrictive for select using (citizen_id not in (select unnest(closing_parted()))'
            ' or citizen_id is not distinct from (select app_self()) or closing_goes_along(citizen_id, id, %L))',
            wall.name, wall.what);
    end loop;
end $$;

-- Of some things a person has one at a time: what does not go along is at rest, so that a new one can begin.
create function closing_put_to_rest() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not coalesce(new.plan_goes, false) then
        update mobility_changewish set ended_on = app_today(), ended_as = 'withdrawn'
        where citizen_id = new.citizen_id and ended_on is null;
    end if;
    update teams_handover set called_off_at = now()
    where citizen_id = new.citizen_id and finished_at is null and called_off_at is null;
    return null;
end $$;
revoke all on function closing_put_to_rest() from public;
create trigger put_to_rest after update of state on closing_move for each row
    when (new.state = 'taken' and old.state <> 'taken') execute function closing_put_to_rest();
