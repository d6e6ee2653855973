-- Municipalities whose courses the actor may see: those of the own units, and a citizen's own.
create function courses_municipalities() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select (select app_municipalities())
        || array(select c.municipality_id::text from citizens_citizen c where c.id = (select app_self()))
$$;
-- Whose catalogue the actor may change: the roles of permissions.py, in the own municipalities.
create function courses_kept() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select case when app_has_role(array['team_lead', 'caseworker', 'key_person']) then app_municipalities() else '{}' end
$$;
-- Sessions the actor runs: until a month after the last meeting, and while they work here.
create function courses_run_sessions() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select s.id from courses_session s
                 where s.responsible_id = (select app_actor()) and exists(select from app_positions())
                   and s.municipality_id = any((select app_municipalities())::text[])
                   and s.ends_at::date >= app_today() - 31)
$$;
create function courses_is_of(course uuid, municipality text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from courses_course c where c.id = course and c.municipality_id = municipality)
$$;
-- A person is enrolled in their own municipality's session.
create function courses_is_for(session uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from courses_session s join citizens_citizen c on c.municipality_id = s.municipality_id
                  where s.id = session and c.id = citizen)
$$;
create function courses_enrolment_is_of(enrolment uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from courses_enrolment e where e.id = enrolment and e.citizen_id = citizen)
$$;
create function courses_lesson_is_of(lesson uuid, enrolment uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from courses_lesson l join courses_enrolment e on e.session_id = l.session_id
                  where l.id = lesson and e.id = enrolment)
$$;
-- An employee who works in the municipality can run a session there.
create function courses_works_in(account uuid, municipality text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from accounts_position p join organisations_unitmunicipality u on u.unit_id = p.unit_id
                  where p.user_id = account and u.municipality_id = municipality
                    and p.from_on <= app_today() and coalesce(p.until_on, 'infinity') >= app_today())
$$;

-- Sessions one is enrolled in stay in sight after one has moved to another municipality.
alter table courses_session enable row level security;
create policy of_municipality on courses_session for select
    using (municipality_id in (select unnest(courses_municipalities()))
           or id in (select e.session_id from courses_enrolment e));
create policy kept on courses_session for insert
    with check (municipality_id in (select unnest(courses_kept())) and made_by_id = (select app_actor())
                and courses_is_of(course_id, municipality_id) and courses_works_in(responsible_id, municipality_id));
create policy kept_change on courses_session for update
    using (municipality_id in (select unnest(courses_kept())))
    with check (municipality_id in (select unnest(courses_kept())) and courses_works_in(responsible_id, municipality_id));

alter table courses_course enable row level security;
create policy of_municipality on courses_course for select
    using (municipality_id in (select unnest(courses_municipalities())) or id in (select s.course_id from courses_session s));
create policy kept on courses_course for insert
    with check (municipality_id in (select unnest(courses_kept())) and made_by_id = (select app_actor()));
create policy kept_change on courses_course for update using (municipality_id in (select unnest(courses_kept())));

alter table courses_lesson enable row level security;
create policy of_session on courses_lesson for select using (session_id in (select s.id from courses_session s));
create policy kept on courses_lesson for insert with check (session_id in (
    select s.id from courses_session s where s.municipality_id in (select unnest(courses_kept()))));
create policy kept_end on courses_lesson for delete using (session_id in (
    select s.id from courses_session s where s.municipality_id in (select unnest(courses_kept()))));

alter table courses_material enable row level security;
create policy of_course on courses_material for select using (course_id in (select c.id from courses_course c));
create policy kept on courses_material for insert with check (made_by_id = (select app_actor()) and course_id in (
    select c.id from courses_course c where c.municipality_id in (select unnest(courses_kept()))));
create policy kept_change on courses_material for update using (course_id in (
    select c.id from courses_course c where c.municipality_id in (select unnest(courses_kept()))));

-- Whoever runs a session reads who comes and what they need to take part, notes who was there and how it ended.
create policy run on courses_enrolment for select using (session_id in (select unnest(courses_run_sessions())));
create policy run_change on courses_enrolment for update using (session_id in (select unnest(courses_run_sessions())));
create function courses_run_enrolments() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select e.id from courses_enrolment e where e.session_id = any((select courses_run_sessions())::uuid[]))
$$;
create policy run on courses_attendance using (enrolment_id in (select unnest(courses_run_enrolments())))
    with check (enrolment_id in (select unnest(courses_run_enrolments())));
create policy run on courses_courseoutcome for select using (enrolment_id in (select unnest(courses_run_enrolments())));

-- In one's own name, in the right place; a citizen asks for a seat and does not take one.
create policy belongs on courses_enrolment as restrictive for insert
    with check (made_by_id = (select app_actor()) and courses_is_for(session_id, citizen_id)
                and case when citizen_id = (select app_self()) then state = 'applied'
                         else (select app_has_role(array['team_lead', 'caseworker', 'job_broker'])) end);
create policy belongs on courses_attendance as restrictive for insert
    with check (noted_by_id = (select app_actor()) and citizen_id is distinct from (select app_self())
                and courses_enrolment_is_of(enrolment_id, citizen_id) and courses_lesson_is_of(lesson_id, enrolment_id));
create policy staff_change on courses_attendance as restrictive for update
    with check (noted_by_id = (select app_actor()) and citizen_id is distinct from (select app_self()));
create policy belongs on courses_courseoutcome as restrictive for insert
    with check (written_by_id = (select app_actor()) and courses_enrolment_is_of(enrolment_id, citizen_id)
                and is_own = (citizen_id is not distinct from (select app_self())));

-- A seat is taken while the session is held fast: whoever comes second waits here, counts anew and is told.
create function courses_seat_is_free() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    holding constant text[] := array['offered', 'seat', 'completed', 'not_completed'];
    held courses_session;
    taken integer;
begin
    if tg_op = 'UPDATE' then
        if courses_acting() and old.citizen_id = app_self() and new.state <> old.state and not (
            (old.state = 'offered' and new.state = 'seat')
            or (new.state = 'left' and old.state in ('applied', 'waiting', 'offered', 'seat'))
            or (old.state = 'left' and old.left_reason in ('wish', 'time', 'job', 'other')
                and (new.state = old.left_from or (new.state = 'seat' and old.left_from = 'offered')
                     or (new.state = 'waiting' and old.left_from in ('offered', 'seat')))))
        then
            raise insufficient_privilege using message = 'a citizen does not move a seat like this';
        end if;
        if courses_acting() and old.citizen_id = app_self() and new.joined_at <> old.joined_at then
            raise insufficient_privilege using message = 'nobody moves up the list by themselves';
        end if;
        -- Those who run the session say how it ended, and no more, about people they do not work with.
        if courses_acting() and old.session_id = any(courses_run_sessions()) and not (old.citizen_id = any(app_citizens())) and (
            (new.name, new.needs_words, new.wants, new.action_id) is distinct from
            (old.name, old.needs_words, old.wants, old.action_id)
            or new.state not in ('seat', 'completed', 'not_completed') or old.state not in ('seat', 'completed', 'not_completed'))
        then
            raise insufficient_privilege using message = 'only the circle of the person changes this';
        end if;
        if old.state = any(holding) and new.state = any(holding) then
            return new;
        end if;
    end if;
    if new.state = any(holding) then
        select * into held from courses_session where id = new.session_id for update;
        select count(*) into taken from courses_enrolment
        where session_id = new.session_id and state = any(holding) and id <> new.id;
        if taken >= held.seats then
            raise check_violation using message = 'no seat is free', constraint = 'courses_seat_is_free';
        end if;
    end if;
    return new;
end $$;
-- Whether a person acts, and not the owner's own functions below, which move whoever is next.
create function courses_acting() returns boolean language sql stable as
$$ select coalesce(current_setting('app.courses_settling', true), '') <> 'on' $$;
create trigger seat_is_free before insert or update on courses_enrolment
    for each row execute function courses_seat_is_free();

-- There are never fewer seats than people who have one.
create function courses_seats_are_enough() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if new.seats < old.seats and new.seats < (
        select count(*) from courses_enrolment
        where session_id = new.id and state in ('offered', 'seat', 'completed', 'not_completed'))
    then
        raise check_violation using message = 'more people have a seat', constraint = 'courses_seats_are_enough';
    end if;
    return new;
end $$;
create trigger seats_are_enough before update on courses_session
    for each row execute function courses_seats_are_enough();

-- Holding a session fast, and how full it is: numbers only, also of people the actor may not see.
create function courses_hold(session uuid) returns boolean language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    perform from courses_session where id = session for update;
    return found;
end $$;
create function courses_fill(sessions uuid[]) returns table(session_id uuid, taken integer, waiting integer)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select e.session_id, count(*) filter (where e.state in ('offered', 'seat', 'completed', 'not_completed'))::int,
           count(*) filter (where e.state = 'waiting')::int
    from courses_enrolment e join courses_session s on s.id = e.session_id
    where e.session_id = any(sessions)
      and (s.municipality_id = any((select courses_municipalities())::text[]) or e.citizen_id = any(app_citizens()))
    group by 1
$$;
-- How many stand before a person on the list; null for those the actor may not see.
create function courses_before(enrolment uuid) returns integer language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select count(o.id)::int from courses_enrolment e left join courses_enrolment o
        on o.session_id = e.session_id and o.state = 'waiting' and (o.joined_at, o.id) < (e.joined_at, e.id)
    where e.id = enrolment and e.state = 'waiting'
      and (e.citizen_id = any(app_citizens()) or e.session_id = any((select courses_run_sessions())::uuid[]))
    group by e.id
$$;

-- What the rules say of a session now: offers nobody answered in time are over, free seats are offered in the order in
-- which people joined the list, and when the first meeting begins the list is over. Gives those who have to be told.
create function courses_settle(session uuid, moment timestamptz)
returns table(enrolment_id uuid, citizen_id uuid, confirm_by date, became text)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
declare
    held courses_session;
    free integer;
begin
    select * into held from courses_session s where s.id = session for update;
    if not found or held.state <> 'open' then
        return;
    end if;
    perform set_config('app.courses_settling', 'on', true);
    return query update courses_enrolment e
        set state = 'left', left_from = 'offered', left_reason = 'no_answer', state_on = app_today()
        where e.session_id = session and e.state = 'offered'
          and (e.confirm_by < app_today() or held.begins_at <= moment)
        returning e.id, e.citizen_id, e.confirm_by, 'no_answer'::text;
    if held.begins_at <= moment then
        return query update courses_enrolment e
            set state = 'left', left_from = 'waiting', left_reason = 'full', state_on = app_today()
            where e.session_id = session and e.state = 'waiting'
            returning e.id, e.citizen_id, null::date, 'full'::text;
    else
        select held.seats - count(*) into free from courses_enrolment e
        where e.session_id = session and e.state in ('offered', 'seat', 'completed', 'not_completed');
        return query update courses_enrolment e
            set state = 'offered', state_on = app_today(),
                confirm_by = least(app_today() + held.confirm_days,
                                   greatest(app_today(), (held.begins_at at time zone 'Europe/Copenhagen')::date - 1))
            where e.id in (select w.id from courses_enrolment w where w.session_id = session and w.state = 'waiting'
                           order by w.joined_at, w.id limit greatest(free, 0))
            returning e.id, e.citizen_id, e.confirm_by, 'offered'::text;
    end if;
    perform set_config('app.courses_settling', '', true);
end $$;

-- A session that is called off leaves nobody with a seat; gives everybody who has to be told.
create function courses_call_off(session uuid) returns table(enrolment_id uuid, citizen_id uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
#variable_conflict use_column
begin
    perform from courses_session s where s.id = session and s.state = 'cancelled'
        and s.municipality_id = any((select courses_kept())::text[]) for update;
    if not found then
        raise insufficient_privilege using message = 'only a session that is called off lets everybody go';
    end if;
    perform set_config('app.courses_settling', 'on', true);
    return query update courses_enrolment e
        set left_from = e.state, state = 'left', left_reason = 'cancelled', state_on = app_today()
        where e.session_id = session and e.state in ('applied', 'waiting', 'offered', 'seat')
        returning e.id, e.citizen_id;
    perform set_config('app.courses_settling', '', true);
end $$;
-- Everybody who has or hopes for a seat, for word about a change: ids only.
create function courses_to_tell(session uuid) returns table(enrolment_id uuid, citizen_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select e.id, e.citizen_id from courses_enrolment e join courses_session s on s.id = e.session_id
    where e.session_id = session and e.state in ('applied', 'waiting', 'offered', 'seat')
      and s.municipality_id = any((select courses_kept())::text[])
$$;
-- Sessions where something may have to be settled, for the worker.
create function courses_unsettled(moment timestamptz) returns setof uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select distinct e.session_id from courses_enrolment e join courses_session s on s.id = e.session_id
    where s.state = 'open' and e.state in ('waiting', 'offered')
      and (e.state = 'waiting' or e.confirm_by < app_today() or s.begins_at <= moment)
$$;
revoke all on function courses_seat_is_free(), courses_seats_are_enough() from public;
