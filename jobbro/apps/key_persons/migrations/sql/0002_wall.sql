-- Staff today, and units that serve a municipality of theirs.
create function key_persons_is_staff() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select exists(select from app_positions()) $$;
create function key_persons_near_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.unit_id from organisations_unitmunicipality s
                 where s.municipality_id = any((select app_municipalities())::text[])
                   and s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
$$;
-- Who sets up the register of a unit: its lead and the administrators of its municipality.
create function key_persons_sets(unit uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select unit = any(app_led_units()) or unit = any(app_administered_units())
$$;

-- Rows of the register that hold for the actor today: a name in it counts only together with a position.
create function key_persons_own() returns setof key_persons_adviser language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select a.* from key_persons_adviser a
    where a.user_id = app_actor() and a.from_on <= app_today() and coalesce(a.until_on, 'infinity') >= app_today()
      and case a.kind
          when 'key_person' then app_has_role(array['key_person']) and a.unit_id = any(key_persons_near_units())
          else exists(select from app_positions() p where p.unit_id = a.unit_id)
      end
$$;
-- Rows that somebody covers today because the adviser is away.
create function key_persons_covered() returns setof key_persons_adviser language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select a.* from key_persons_away w join key_persons_own() c on c.id = w.cover_id
    join key_persons_adviser a on a.id = w.adviser_id
    where w.from_on <= app_today() and coalesce(w.until_on, 'infinity') >= app_today()
      and a.from_on <= app_today() and coalesce(a.until_on, 'infinity') >= app_today()
$$;
-- Units and teams whose questions the actor answers today.
create function key_persons_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select unit_id from app_positions() where role = 'key_person'
                 union select unit_id from key_persons_own() where kind = 'key_person'
                 union select unit_id from key_persons_covered() where kind = 'key_person')
$$;
create function key_persons_teams() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select team_id from key_persons_own() where kind = 'resource_person'
                 union select team_id from key_persons_covered() where kind = 'resource_person')
$$;
-- Municipalities whose knowledge the actor writes.
create function key_persons_municipalities() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.municipality_id from organisations_unitmunicipality s
                 where s.municipality_id = any((select app_municipalities())::text[])
                   and s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today()
                   and s.unit_id in (select unit_id from app_positions() where role = 'key_person'
                                     union select unit_id from key_persons_own()))
$$;

-- Whether somebody can stand in the register like this: in a position that fits, the team in the unit.
create function key_persons_can_be(account uuid, kind text, unit uuid, team uuid) returns boolean language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists(
        select from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active and u.kind = 'staff'
        where p.user_id = account and p.from_on <= app_today() and coalesce(p.until_on, 'infinity') >= app_today()
          and case key_persons_can_be.kind
              when 'key_person' then p.role = 'key_person' and exists(
                  select from organisations_unitmunicipality a join organisations_unitmunicipality b
                  using (municipality_id) where a.unit_id = p.unit_id and b.unit_id = unit)
              else p.unit_id = unit
          end)
    and (team is null or exists(select from organisations_team t where t.id = team and t.unit_id = unit))
$$;
create function key_persons_is_in(adviser uuid, unit uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_adviser a where a.id = adviser and a.unit_id = unit)
$$;
create function key_persons_unit_of(adviser uuid) returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select a.unit_id from key_persons_adviser a where a.id = adviser $$;
create function key_persons_is_account_of(adviser uuid, account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_adviser a where a.id = adviser and a.user_id = account)
$$;

alter table key_persons_advicemodel enable row level security;
create policy near on key_persons_advicemodel for select using (unit_id = any((select key_persons_near_units())::uuid[]));
create policy led on key_persons_advicemodel for insert
    with check (chosen_by_id = (select app_actor()) and key_persons_sets(unit_id));
create policy led_change on key_persons_advicemodel for update
    using (unit_id = any((select key_persons_near_units())::uuid[])) with check (key_persons_sets(unit_id));

alter table key_persons_adviser enable row level security;
create policy near on key_persons_adviser for select using (unit_id = any((select key_persons_near_units())::uuid[]));
create policy named on key_persons_adviser for insert
    with check (key_persons_can_be(user_id, kind, unit_id, team_id)
                and (key_persons_sets(unit_id)
                     or (user_id = (select app_actor()) and kind = 'key_person'
                         and exists(select from app_positions() p where p.role = 'key_person' and p.unit_id = key_persons_adviser.unit_id))));
create policy named_change on key_persons_adviser for update
    using (unit_id = any((select key_persons_near_units())::uuid[]))
    with check (key_persons_sets(unit_id) or user_id = (select app_actor()));
-- For how long somebody stands in the register is decided by those who set it up.
create function key_persons_adviser_stands() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if new.until_on is distinct from old.until_on and not key_persons_sets(new.unit_id)
       and not (new.until_on is not null and new.until_on <= coalesce(old.until_on, 'infinity')) then
        raise insufficient_privilege using message = 'only those who set up the register make a name stand longer';
    end if;
    return new;
end $$;
create trigger stands before update on key_persons_adviser for each row execute function key_persons_adviser_stands();

alter table key_persons_away enable row level security;
create policy near on key_persons_away for select using (adviser_id in (select id from key_persons_adviser));
create policy own_or_led on key_persons_away for insert
    with check (noted_by_id = (select app_actor())
                and (key_persons_is_account_of(adviser_id, (select app_actor())) or key_persons_sets(key_persons_unit_of(adviser_id)))
                and (cover_id is null or key_persons_is_in(cover_id, key_persons_unit_of(adviser_id))));
create policy own_or_led_change on key_persons_away for update using (adviser_id in (select id from key_persons_adviser))
    with check ((key_persons_is_account_of(adviser_id, (select app_actor())) or key_persons_sets(key_persons_unit_of(adviser_id)))
                and (cover_id is null or key_persons_is_in(cover_id, key_persons_unit_of(adviser_id))));

-- Questions: the asker, those who answer in the unit or the team, and the unit's lead. Nobody else, ever.
create function key_persons_is_from(unit uuid, team uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from app_positions() p where p.unit_id = unit and (team is null or p.team_id = team))
$$;
create function key_persons_can_get(account uuid, unit uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_adviser a where a.user_id = account and a.unit_id = unit
                    and a.from_on <= app_today() and coalesce(a.until_on, 'infinity') >= app_today())
        or exists(select from accounts_position p where p.user_id = account and p.unit_id = unit and p.role = 'key_person'
                    and p.from_on <= app_today() and coalesce(p.until_on, 'infinity') >= app_today())
$$;
create function key_persons_answers(unit uuid, team uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select unit = any(key_persons_units()) or coalesce(team = any(key_persons_teams()), false)
$$;
alter table key_persons_question enable row level security;
create policy need_to_know on key_persons_question for select
    using ((asker_id = (select app_actor()) and (select key_persons_is_staff()))
           or unit_id = any((select key_persons_units())::uuid[])
           or team_id = any((select key_persons_teams())::uuid[])
           or unit_id = any((select app_led_units())::uuid[]));
create policy asked on key_persons_question for insert
    with check (asker_id = (select app_actor()) and key_persons_is_from(unit_id, team_id)
                and state = 'asked' and taken_by_id is null and answered_at is null and answer_minutes is null
                and closed_at is null and entry_id is null
                and (directed_to_id is null or key_persons_can_get(directed_to_id, unit_id)));
create policy moved on key_persons_question for update
    using ((asker_id = (select app_actor()) and (select key_persons_is_staff()))
           or unit_id = any((select key_persons_units())::uuid[])
           or team_id = any((select key_persons_teams())::uuid[])
           or unit_id = any((select app_led_units())::uuid[]))
    with check ((select key_persons_is_staff()));

create function key_persons_question_moves() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    me uuid := app_actor();
    answering boolean := me <> old.asker_id and key_persons_answers(old.unit_id, old.team_id);
    leads boolean := old.unit_id = any(app_led_units());
    asks boolean := me = old.asker_id;
    fits boolean;
begin
    fits := case old.state || ' ' || new.state
        when 'asked taken' then answering and new.taken_by_id = me
        when 'asked answered' then answering and new.taken_by_id = me
        when 'taken answered' then answering and new.taken_by_id = me
        when 'taken asked' then (old.taken_by_id = me or leads) and new.taken_by_id is null
        when 'answered taken' then asks and new.taken_by_id = old.taken_by_id
        when 'asked closed' then (asks or leads) and new.taken_by_id is null
        when 'taken closed' then (asks or leads) and new.taken_by_id = old.taken_by_id
        when 'answered closed' then (asks or leads) and new.taken_by_id = old.taken_by_id
        else old.state = new.state and new.taken_by_id is not distinct from old.taken_by_id
    end;
    if fits is not true then
        raise insufficient_privilege using message = 'a question does not move like this';
    end if;
    if (old.answered_at is not null and (new.answered_at, new.answer_minutes) is distinct from (old.answered_at, old.answer_minutes))
       or (new.answered_at is distinct from old.answered_at and new.state <> 'answered')
       or (new.entry_id is distinct from old.entry_id and not answering)
       or (new.due_on <> old.due_on and old.state || ' ' || new.state <> 'answered taken') then
        raise insufficient_privilege using message = 'what was measured and kept of a question stands';
    end if;
    return new;
end $$;
create trigger moves before update on key_persons_question for each row execute function key_persons_question_moves();

create function key_persons_may_turn(question uuid, kind text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_question q where q.id = question and case
        when key_persons_may_turn.kind in ('taken', 'answer')
            then q.asker_id <> app_actor() and key_persons_answers(q.unit_id, q.team_id)
        when key_persons_may_turn.kind = 'released'
            then key_persons_answers(q.unit_id, q.team_id) or q.unit_id = any(app_led_units())
        when key_persons_may_turn.kind = 'follow_up' then q.asker_id = app_actor() and key_persons_is_staff()
        else (q.asker_id = app_actor() and key_persons_is_staff()) or q.unit_id = any(app_led_units())
    end)
$$;
alter table key_persons_turn enable row level security;
create policy need_to_know on key_persons_turn for select using (question_id in (select id from key_persons_question));
create policy own_words on key_persons_turn for insert
    with check (by_id = (select app_actor()) and key_persons_may_turn(question_id, kind));

create function key_persons_is_asker(question uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_question q where q.id = question and q.asker_id = app_actor())
$$;
create policy own_question on key_persons_invitation as restrictive for insert
    with check (invited_by_id = (select app_actor()) and key_persons_is_asker(question_id));

-- Knowledge: for staff. Own municipality, or everybody's when it was published widely.
alter table key_persons_entry enable row level security;
create policy staff on key_persons_entry for select
    using (municipality_id = any((select app_municipalities())::text[]) or (is_wide and (select key_persons_is_staff())));
create policy advisers on key_persons_entry for insert
    with check (changed_by_id = (select app_actor()) and municipality_id = any((select key_persons_municipalities())::text[]));
create policy advisers_change on key_persons_entry for update
    using (municipality_id = any((select app_municipalities())::text[]))
    with check (changed_by_id = (select app_actor()) and municipality_id = any((select key_persons_municipalities())::text[]));

-- Another municipality reads the wordings that were published widely, not those before.
alter table key_persons_entryversion enable row level security;
create policy as_the_entry on key_persons_entryversion for select
    using (exists(select from key_persons_entry e where e.id = entry_id
                    and (key_persons_entryversion.is_wide or e.municipality_id = any((select app_municipalities())::text[]))));

alter table key_persons_useful enable row level security;
create policy own on key_persons_useful for select using (user_id = (select app_actor()));
create policy own_new on key_persons_useful for insert
    with check (user_id = (select app_actor()) and entry_id in (select id from key_persons_entry));
create policy own_gone on key_persons_useful for delete using (user_id = (select app_actor()));
