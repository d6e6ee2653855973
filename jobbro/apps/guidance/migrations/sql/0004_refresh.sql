-- Whose row of known facts no longer says what is known, and in whose name the worker brings it up to date: the contact
-- person, else somebody of the citizen's team who works with citizens. Ids only, and only to the worker, who sees nobody.
create function guidance_to_refresh(since timestamptz, day date, most integer) returns table (citizen_id uuid, user_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with waiting as (
        select a.citizen_id from audit_change a
        where a.at >= since and a.table_name in ('cases_case', 'citizens_benefitperiod', 'screening_answer')
          and not exists(select from audit_change k where k.citizen_id = a.citizen_id and k.at >= since
                         and k.table_name = 'guidance_knownfacts' and k.id > a.id)
        union
        select k.citizen_id from guidance_knownfacts k where k.next_expiry_on < day
    ), workers as (
        select p.user_id, p.team_id from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active
        where p.role in ('caseworker', 'job_broker') and p.from_on <= day and coalesce(p.until_on, 'infinity') >= day
    )
    select distinct on (w.citizen_id) w.citizen_id, p.user_id
    from waiting w join cases_case c on c.citizen_id = w.citizen_id
    join workers p on p.team_id = c.team_id or p.user_id in (
        select m.user_id from cases_casemember m
        where m.case_id = c.id and m.role = 'lead' and m.from_on <= day and coalesce(m.until_on, 'infinity') >= day)
    where app_actor() = '00000000-0000-7000-8000-000000000001'
    order by w.citizen_id, not exists(
        select from cases_casemember m where m.case_id = c.id and m.user_id = p.user_id and m.role = 'lead'
        and m.from_on <= day and coalesce(m.until_on, 'infinity') >= day), p.user_id
    limit most
$$;
