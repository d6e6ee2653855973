-- Key persons see where the schemes are not used: counts over their unit, never a name. See docs/adr/0010.
create function app_advised_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select unit_id from app_positions() where role = 'key_person')
$$;

-- Citizens with a running course in those units.
create function app_advised_citizens() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select c.citizen_id from cases_case c join organisations_team t on t.id = c.team_id
                 where c.state <> 'closed' and t.unit_id = any((select app_advised_units())::uuid[]))
$$;

-- Open only to a statement that says it counts: any other statement of a key person sees what it saw before.
create policy counting on guidance_knownfacts for select
    using (current_setting('app.counting', true) = 'schemes' and citizen_id in (select unnest(app_advised_citizens())));

-- The contact persons of these citizens, as far as they are in a unit that the actor advises, with how many each has.
create function guidance_talk_to(people uuid[]) returns table (user_id uuid, many bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select m.user_id, count(*) from cases_casemember m
    where m.citizen_id in (select unnest(people) intersect select unnest(app_advised_citizens()))
      and m.role = 'lead' and m.from_on <= app_today() and coalesce(m.until_on, 'infinity') >= app_today()
    group by 1
$$;
