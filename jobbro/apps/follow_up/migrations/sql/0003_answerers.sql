-- Who answers when somebody asks for help: the contact person, the buddy, whoever covers; those who are away stand last,
-- and the team stands behind them all. For the citizen, those around them, the company at its table, and a link.
create function follow_up_answerers_of(person uuid) returns table (user_id uuid, name text, phone text, part text, is_away boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with around as (
        select m.user_id, m.role::text as part, array_position(array['lead', 'buddy', 'cover'], m.role::text) as place
        from cases_casemember m
        where m.citizen_id = person and m.role <> 'adviser'
          and m.from_on <= app_today() and coalesce(m.until_on, 'infinity') >= app_today()
        union all
        select c.user_id, 'cover', 3 from teams_cover c
        where c.citizen_id = person and c.from_on <= app_today() and coalesce(c.until_on, 'infinity') >= app_today()
        union all
        select p.user_id, 'team', 4 from cases_case k join accounts_position p on p.team_id = k.team_id
        where k.citizen_id = person and p.role in ('caseworker', 'job_broker')
          and p.from_on <= app_today() and coalesce(p.until_on, 'infinity') >= app_today()
    ), first_part as (
        select distinct on (a.user_id) a.user_id, a.part, a.place from around a order by a.user_id, a.place
    ), known as (
        select f.*, u.display_name, u.phone, not u.is_active or exists(
            select from teams_absence b where b.user_id = f.user_id and b.called_off_at is null
              and b.from_on <= app_today() and coalesce(b.until_on, 'infinity') >= app_today()) as is_away
        from first_part f join accounts_user u on u.id = f.user_id
    )
    select k.user_id, k.display_name::text, k.phone::text, k.part, k.is_away from known k order by k.is_away, k.place, k.user_id
$$;
revoke all on function follow_up_answerers_of(uuid) from public;
create function follow_up_answerers(person uuid) returns table (user_id uuid, name text, phone text, part text, is_away boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select f.* from follow_up_answerers_of(person) f
    where person = any(app_citizens()) or exists(
        select from placements_placement p where p.citizen_id = person
          and p.company_id = any(app_companies()) and p.id = any(app_table_placements()))
$$;
-- Whom to tell that somebody asked for help by a link: only for a link that has just been used and a talk with a call.
create function follow_up_link_answerers(token bytea, browser bytea) returns table (help_id uuid, user_id uuid, part text, is_away boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select h.id, f.user_id, f.part, f.is_away
    from follow_up_talklink l join follow_up_helprequest h on h.talk_id = l.talk_id,
         follow_up_answerers_of(l.citizen_id) f
    where l.token_hash = token and l.browser_hash = browser and l.state = 'used' and h.done_at is null
$$;
