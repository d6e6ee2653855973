-- Somebody whose unit the actor leads, and somebody the actor works with: oneself, one's mini-team, the led units.
create function teams_leads(account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from accounts_position p where p.user_id = account
                    and p.unit_id = any((select app_led_units())::uuid[]) and coalesce(p.until_on, 'infinity') >= app_today())
$$;
create function teams_works_with(account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from app_positions()) and (account = app_actor() or teams_leads(account)
        or exists(select from accounts_position p where p.user_id = account
                    and p.team_id = any((select app_teams())::uuid[]) and coalesce(p.until_on, 'infinity') >= app_today()))
$$;
-- Colleagues' rows are for colleagues: a citizen sees the names of those around them, not when they are away.
create function teams_colleagues() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select case when exists(select from app_positions()) then app_colleagues() else '{}'::uuid[] end
$$;
-- Units whose learning notes the actor reads: those that serve a municipality of the actor's.
create function teams_units_near() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.unit_id from organisations_unitmunicipality s
                 where s.municipality_id = any((select app_municipalities())::text[]))
$$;
create function teams_is_handover_of(handover uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from teams_handover h where h.id = handover and h.citizen_id = citizen and h.finished_at is null)
$$;
create function teams_is_case_of(course uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from cases_case c where c.id = course and c.citizen_id = citizen)
$$;

alter table teams_competence enable row level security;
create policy colleagues on teams_competence for select using (user_id = any((select teams_colleagues())::uuid[]));
create policy own_or_led on teams_competence for insert
    with check (told_by_id = (select app_actor()) and (user_id = (select app_actor()) or teams_leads(user_id))
                and exists(select from app_positions()));
create policy own_or_led_change on teams_competence for update
    using (user_id = any((select teams_colleagues())::uuid[]))
    with check (user_id = (select app_actor()) or teams_leads(user_id));

alter table teams_workinghours enable row level security;
create policy colleagues on teams_workinghours for select using (user_id = any((select teams_colleagues())::uuid[]));
create policy own_or_led on teams_workinghours for insert
    with check (told_by_id = (select app_actor()) and (user_id = (select app_actor()) or teams_leads(user_id))
                and exists(select from app_positions()));
create policy own_or_led_change on teams_workinghours for update
    using (user_id = any((select teams_colleagues())::uuid[]))
    with check (user_id = (select app_actor()) or teams_leads(user_id));

alter table teams_absence enable row level security;
create policy colleagues on teams_absence for select using (user_id = any((select teams_colleagues())::uuid[]));
create policy with_me on teams_absence for insert
    with check (noted_by_id = (select app_actor()) and teams_works_with(user_id));
create policy with_me_change on teams_absence for update
    using (user_id = any((select teams_colleagues())::uuid[])) with check (teams_works_with(user_id));

-- Pairs are put together by the lead of the unit.
alter table teams_buddypair enable row level security;
create policy colleagues on teams_buddypair for select using (first_id = any((select teams_colleagues())::uuid[]));
create policy led on teams_buddypair for insert
    with check (made_by_id = (select app_actor())
                and team_id in (select t.id from organisations_team t where t.unit_id = any((select app_led_units())::uuid[])));
create policy led_change on teams_buddypair for update
    using (first_id = any((select teams_colleagues())::uuid[]))
    with check (team_id in (select t.id from organisations_team t where t.unit_id = any((select app_led_units())::uuid[])));

-- Each is in one pair of a mini-team at a time; the lock lets one pair at a time be made in a team.
create function teams_pair_alone() returns trigger language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('teams_buddypair' || new.team_id, 0));
    if exists(select from teams_buddypair p where p.id <> new.id and p.team_id = new.team_id
                and array[p.first_id, p.second_id] && array[new.first_id, new.second_id]
                and daterange(p.from_on, p.until_on, '[]') && daterange(new.from_on, new.until_on, '[]'))
    then
        raise exclusion_violation using message = 'one of the two is in another pair then', constraint = 'buddypair_alone';
    end if;
    return new;
end $$;
create trigger alone before insert or update on teams_buddypair for each row execute function teams_pair_alone();

alter table teams_learningnote enable row level security;
create policy near on teams_learningnote for select using (unit_id = any((select teams_units_near())::uuid[]));
create policy own_name on teams_learningnote for insert
    with check (written_by_id = (select app_actor()) and unit_id in (select unit_id from app_positions()));
create policy own_or_led on teams_learningnote for update
    using (unit_id = any((select teams_units_near())::uuid[]))
    with check (written_by_id = (select app_actor()) or unit_id = any((select app_led_units())::uuid[]));

-- What is about a citizen hangs together, is written in one's own name, and never by the citizen; only those who carry
-- the citizen arrange who stands in, begin a handover, and choose who helps.
create policy belongs on teams_cover as restrictive for insert
    with check (arranged_by_id = (select app_actor()) and app_carries(citizen_id) and teams_is_case_of(case_id, citizen_id));
create policy carriers_change on teams_cover as restrictive for update with check (app_carries(citizen_id));
create policy carriers_end on teams_cover as restrictive for delete using (app_carries(citizen_id));
create policy belongs on teams_handover as restrictive for insert
    with check (started_by_id = (select app_actor()) and app_carries(citizen_id) and teams_is_case_of(case_id, citizen_id)
                and finished_at is null);
create policy staff_change on teams_handover as restrictive for update
    with check (citizen_id is distinct from (select app_self())
                and (finished_by_id is null or finished_by_id = (select app_actor())));
create policy belongs on teams_handoverentry as restrictive for insert
    with check (written_by_id = (select app_actor()) and citizen_id is distinct from (select app_self())
                and teams_is_handover_of(handover_id, citizen_id));
create policy belongs on teams_routingdecision as restrictive for insert
    with check (decided_by_id = (select app_actor()) and app_carries(citizen_id) and teams_is_case_of(case_id, citizen_id));
