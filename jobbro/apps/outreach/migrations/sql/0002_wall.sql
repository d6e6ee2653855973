-- Efforts: read by the municipality's staff, started and ended by team leads.
create function outreach_reads() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select app_has_role(array['team_lead', 'caseworker', 'job_broker', 'key_person', 'analyst'])
$$;
alter table outreach_outreacheffort enable row level security;
create policy need_to_know on outreach_outreacheffort for select
    using (municipality_id = any((select app_municipalities())::text[]) and (select outreach_reads()));
create policy starting on outreach_outreacheffort for insert
    with check (municipality_id = any((select app_municipalities())::text[]) and (select app_has_role(array['team_lead']))
                and started_by_id = (select app_actor()));
create policy change on outreach_outreacheffort for update
    using (municipality_id = any((select app_municipalities())::text[]))
    with check ((select app_has_role(array['team_lead'])));
create trigger history after insert or update or delete on outreach_outreacheffort
    for each row execute function history_row();

-- In one's own name; only the citizen answers as the citizen.
create function outreach_is_effort_for(effort uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from outreach_outreacheffort e join citizens_citizen c on c.municipality_id = e.municipality_id
                  where e.id = effort and c.id = citizen)
$$;
create function outreach_is_person_of(person uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from outreach_outreachperson p where p.id = person and p.citizen_id = citizen)
$$;
create policy own_name on outreach_openinganswer as restrictive for insert
    with check (recorded_by_id = (select app_actor()) and is_own = (citizen_id is not distinct from (select app_self())));
create policy belongs on outreach_outreachperson as restrictive for insert
    with check (added_by_id = (select app_actor()) and (select app_self()) is null
                and outreach_is_effort_for(effort_id, citizen_id));
create policy belongs on outreach_outreachcontact as restrictive for insert
    with check (noted_by_id = (select app_actor()) and (select app_self()) is null
                and outreach_is_person_of(person_id, citizen_id));

-- What followed after a day: a dialogue begun, a plan begun, a job agreed.
create function outreach_followed(citizen uuid, after_on date, out dialogue boolean, out plan boolean, out job boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from screening_dialogue d
                  where d.citizen_id = citizen and (d.started_at at time zone 'Europe/Copenhagen')::date >= after_on),
           exists(select from plans_plan p where p.citizen_id = citizen and p.started_on >= after_on),
           exists(select from placements_placement j
                  where j.citizen_id = citizen and j.state in ('agreed', 'ended') and j.starts_on >= after_on)
$$;
revoke all on function outreach_followed(uuid, date) from public;

-- Figures without persons, for those who lead and those who study.
create function outreach_figures() returns table (
    quarter date, asked bigint, yes bigint, no bigint, not_now bigint, rather_not bigint,
    dialogue bigint, plan bigint, job bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with first as (
        select distinct on (a.citizen_id, date_trunc('quarter', a.asked_on))
            date_trunc('quarter', a.asked_on)::date as quarter, a.citizen_id, a.talk, a.asked_on
        from outreach_openinganswer a join citizens_citizen c on c.id = a.citizen_id
        where c.municipality_id = any((select app_municipalities())::text[])
          and (select app_has_role(array['team_lead', 'analyst']))
        order by a.citizen_id, date_trunc('quarter', a.asked_on), a.recorded_at desc)
    select f.quarter, count(*), count(*) filter (where f.talk = 'yes'), count(*) filter (where f.talk = 'no'),
           count(*) filter (where f.talk = 'not_now'), count(*) filter (where f.talk = 'rather_not'),
           count(*) filter (where w.dialogue), count(*) filter (where w.plan), count(*) filter (where w.job)
    from first f cross join lateral outreach_followed(f.citizen_id, f.asked_on) w
    group by 1 order by 1 desc
$$;
create function outreach_not_asked(out open_courses bigint, out never_asked bigint) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select count(*), count(*) filter (where not exists(
        select from outreach_openinganswer a where a.citizen_id = k.citizen_id))
    from cases_case k join citizens_citizen c on c.id = k.citizen_id
    where k.state <> 'closed' and c.municipality_id = any((select app_municipalities())::text[])
      and (select app_has_role(array['team_lead', 'analyst']))
$$;
-- One effort's result over all teams, without persons.
create function outreach_result(effort uuid, out listed bigint, out contacted bigint, out yes bigint, out no bigint,
                                out not_now bigint, out not_reached bigint, out dialogue bigint, out plan bigint, out job bigint)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with people as (
        select p.citizen_id, p.added_on, newest.response, newest.contacted_on
        from outreach_outreachperson p join outreach_outreacheffort e on e.id = p.effort_id
        left join lateral (select k.response, k.contacted_on from outreach_outreachcontact k
                           where k.person_id = p.id order by k.noted_at desc limit 1) newest on true
        where e.id = effort and e.municipality_id = any((select app_municipalities())::text[])
          and (select outreach_reads()))
    select count(*), count(n.response), count(*) filter (where n.response = 'yes'),
           count(*) filter (where n.response = 'no'), count(*) filter (where n.response = 'not_now'),
           count(*) filter (where n.response = 'not_reached'),
           count(*) filter (where n.response is not null and w.dialogue),
           count(*) filter (where n.response is not null and w.plan),
           count(*) filter (where n.response is not null and w.job)
    from people n cross join lateral outreach_followed(n.citizen_id, coalesce(n.contacted_on, n.added_on)) w
$$;
