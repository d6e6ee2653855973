-- Conditions of updates stand in WITH CHECK: in USING they would hide the row from those who lock it to be told no.

-- Who carries the citizen: the team's caseload, or just registered by the actor. Being a member of the team around a
-- citizen, or having opened the file urgently, carries nobody.
create function app_carries(person uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from cases_case c where c.citizen_id = person and c.team_id = any((select app_teams())::uuid[]))
        or exists(select from citizens_citizen z where z.id = person and z.created_by = app_actor()
                  and z.created_at > now() - interval '1 hour' and exists(select from app_positions()))
$$;

-- The team that carries the citizen now, for policies that must see the row as it was.
create function app_team_of(person uuid) returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select team_id from cases_case where citizen_id = person $$;

-- Sight must not be made lasting by whoever has it for a while: only those who carry the citizen put people around them,
-- or themselves, and only they send the course to another team. No citizen changes their own course.
create policy carriers_add on cases_casemember as restrictive for insert with check (app_carries(citizen_id));
create policy carriers_change on cases_casemember as restrictive for update with check (app_carries(citizen_id));
create policy carriers_end on cases_casemember as restrictive for delete using (app_carries(citizen_id));
create policy staff_open on cases_case as restrictive for insert with check (app_carries(citizen_id));
create policy staff_change on cases_case as restrictive for update
    with check (citizen_id is distinct from (select app_self())
                and (team_id = app_team_of(citizen_id) or app_carries(citizen_id)));

-- Notes are written by employees in their own name.
create policy own_name on cases_note as restrictive for insert
    with check (written_by_id = (select app_actor()) and citizen_id is distinct from (select app_self()));

-- Nobody answers for their own urgent access; new ones come by open_urgently() alone.
create policy not_oneself on cases_breakglass as restrictive for update with check (user_id <> (select app_actor()));

-- The citizen asks, an employee answers.
create policy citizen_asks on cases_lookquestion as restrictive for insert with check (citizen_id = (select app_self()));
create policy staff_answer on cases_lookquestion as restrictive for update
    with check (citizen_id is distinct from (select app_self()));

-- A step is taken today or was taken before: a date ahead would keep a quiet course out of sight.
create or replace function touch_case(person uuid, day date) returns void language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    update cases_case set last_step_on = day
    where citizen_id = person and last_step_on < day and day <= app_today() and citizen_id = any(app_citizens())
$$;
