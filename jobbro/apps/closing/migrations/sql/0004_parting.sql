-- From when on the new circle reads is the moment of the move: a mark from before it would open the old rows.
create function closing_cut_is_now() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if new.cut < (lpad(to_hex((extract(epoch from now() - interval '1 minute') * 1000)::bigint), 12, '0')
                  || '70008000000000000000')::uuid
    then
        raise insufficient_privilege using message = 'permission denied: the parting is now';
    end if;
    return new;
end $$;
revoke all on function closing_cut_is_now() from public;
create trigger cut_is_now before update of cut on closing_move for each row
    when (new.cut is distinct from old.cut) execute function closing_cut_is_now();

-- Who was asked to a meeting, what help was booked for it, and a link that was sent part together with what they are of.
create policy before_move on meetings_meetingparticipant as restrictive for select
    using (citizen_id not in (select unnest(closing_parted())) or citizen_id is not distinct from (select app_self())
           or company_id in (select unnest(app_companies())) or closing_goes_along(citizen_id, meeting_id, ''));
create policy before_move on meetings_meetinghelp as restrictive for select
    using (citizen_id not in (select unnest(closing_parted())) or citizen_id is not distinct from (select app_self())
           or closing_goes_along(citizen_id, meeting_id, ''));
create policy before_move on follow_up_talklink as restrictive for select
    using (citizen_id not in (select unnest(closing_parted())) or citizen_id is not distinct from (select app_self())
           or closing_goes_along(citizen_id, talk_id, 'profile'));
create policy before_move on external_actors_engagementperson as restrictive for select
    using (citizen_id not in (select unnest(closing_parted())) or citizen_id is not distinct from (select app_self())
           or engagement_id in (select unnest(external_engagements()))
           or closing_goes_along(citizen_id, engagement_id, ''));

-- Rows of these persons that the walls above keep from the actor: for functions of the owner, which look past the walls.
-- Few have moved; for nobody who has, nothing is read.
create function closing_hidden(persons uuid[]) returns uuid[] language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    wall record;
    parted uuid[] := array(select m.citizen_id from closing_move m
                           where m.state = 'taken' and m.citizen_id = any(persons) and m.citizen_id = any(app_citizens()));
    found_ids uuid[];
    hidden uuid[] := '{}';
begin
    if cardinality(parted) = 0 then
        return hidden;
    end if;
    for wall in
        select c.relname, pg_get_expr(p.polqual, p.polrelid) as goes
        from pg_policy p join pg_class c on c.oid = p.polrelid
        where p.polname = 'before_move' and c.relname not in ('audit_change', 'audit_event')
    loop
        execute format('select array_agg(id) from %I where citizen_id = any($1) and (%s) is not true', wall.relname, wall.goes)
        into found_ids using parted;
        hidden := hidden || coalesce(found_ids, '{}');
    end loop;
    return hidden;
end $$;
