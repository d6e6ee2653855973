-- Teams whose caseload the actor carries: the own team; for a team lead every team of the unit.
create function app_teams() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select team_id from app_positions() where role in ('caseworker', 'job_broker') and team_id is not null
        union
        select t.id from app_positions() p join organisations_team t on t.unit_id = p.unit_id where p.role = 'team_lead')
$$;

-- The citizen that the actor is.
create function app_self() returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select c.id from citizens_citizen c join accounts_user u on u.id = c.user_id and u.is_active where c.user_id = app_actor()
$$;

-- Citizens by a relation of work: the team's caseload and the teams around a citizen that the actor is in today.
create function app_related_citizens() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select citizen_id from cases_case where team_id = any((select app_teams())::uuid[])
        union
        select m.citizen_id from cases_casemember m
        where m.user_id = app_actor() and m.from_on <= app_today() and coalesce(m.until_on, 'infinity') >= app_today()
          and exists(select from app_positions()))
$$;

-- Everybody the actor may see: related; oneself; opened urgently and not yet run out; just registered by the actor.
create or replace function app_citizens() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select (select app_related_citizens()) || array(
        select id from citizens_citizen where id = (select app_self())
        union
        select citizen_id from cases_breakglass
        where user_id = app_actor() and until_at > now() and exists(select from app_positions())
        union
        select id from citizens_citizen
        where created_by = app_actor() and created_at > now() - interval '1 hour' and exists(select from app_positions()))
$$;

create or replace function app_standing(citizens uuid[], out role text, out unit_id uuid, out municipality_id text, out related boolean)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    me uuid := app_self();
begin
    if me is not null and citizens <@ array[me] then
        role := 'citizen'; related := true;
        select c.municipality_id into municipality_id from citizens_citizen c where c.id = me;
        return;
    end if;
    select p.role, p.unit_id into role, unit_id from app_positions() p
    order by array_position(array['team_lead', 'caseworker', 'job_broker', 'key_person', 'administrator', 'analyst'], p.role::text)
    limit 1;
    role := coalesce(role, 'none');
    select s.municipality_id into municipality_id from organisations_unitmunicipality s where s.unit_id = app_standing.unit_id
    order by s.municipality_id limit 1;
    related := citizens <@ app_related_citizens();
end $$;

-- A citizen sees the names of those around them.
create or replace function app_colleagues() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select p.user_id from accounts_position p join organisations_unitmunicipality s on s.unit_id = p.unit_id
        where s.municipality_id = any((select app_municipalities())::text[])
        union
        select m.user_id from cases_casemember m where m.citizen_id = (select app_self())
        union
        select p.user_id from cases_case c join accounts_position p on p.team_id = c.team_id
        where c.citizen_id = (select app_self()))
$$;

-- Teams a citizen can be enrolled in: those of units that serve the actor's municipalities.
create function app_open_teams() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select t.id from organisations_team t join organisations_unitmunicipality s on s.unit_id = t.unit_id
                 where s.municipality_id = any((select app_municipalities())::text[]))
$$;

-- Urgent access to a citizen of an own municipality by CPR hash: a written reason, a few hours, and the team lead is told.
-- Null when there is nobody; the caller cannot tell that from a citizen of another municipality.
create function open_urgently(key bytea, row_id uuid, why text, hours integer) returns uuid language plpgsql volatile
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    person uuid;
begin
    if length(trim(why)) < 20 or hours not between 1 and 24
       or not app_has_role(array['team_lead', 'caseworker', 'job_broker', 'key_person']) then
        raise insufficient_privilege using message = 'urgent access needs a role and a reason';
    end if;
    select id into person from citizens_citizen
    where cpr_key = key and municipality_id = any((select app_municipalities())::text[]);
    if person is not null then
        insert into cases_breakglass (id, citizen_id, user_id, reason, opened_at, until_at, review, review_text)
        values (row_id, person, app_actor(), why, now(), now() + make_interval(hours => hours), '', '');
    end if;
    return person;
end $$;

create policy own_looks on audit_look for select using (citizen_ids @> array[(select app_self())]);
create policy led_looks on audit_look for select using (unit_id = any((select app_led_units())::uuid[]));

alter table cases_case enable row level security;
create policy need_to_know on cases_case using (citizen_id in (select unnest(app_citizens())))
    with check (citizen_id in (select unnest(app_citizens())) and team_id = any((select app_open_teams())::uuid[]));
create trigger history after insert or update or delete on cases_case for each row execute function history_row();

-- A citizen at home takes a step too, though only employees may change a course.
create function touch_case(person uuid, day date) returns void language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    update cases_case set last_step_on = day
    where citizen_id = person and last_step_on < day and citizen_id = any(app_citizens())
$$;
