-- Meetings that the actor's company is invited to: while a card holds, or an agreement with that person was signed.
create function meetings_of_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select m.id from meetings_meeting m
        where m.company_id = any((select app_companies())::uuid[])
          and (exists(select from matching_card c where c.citizen_id = m.citizen_id and c.company_id = m.company_id
                      and c.withdrawn_at is null and c.from_on <= app_today() and c.until_on >= app_today())
               or exists(select from placements_placement p where p.citizen_id = m.citizen_id
                         and p.company_id = m.company_id and p.state in ('agreed', 'ended'))))
$$;
create policy company_of on meetings_meeting for select
    using (company_id in (select unnest(app_companies())) and id in (select unnest(meetings_of_companies())));
-- Of the others at the table the company reads those of its own side and of the municipality.
create policy company_of on meetings_meetingparticipant for select
    using (party in ('company', 'staff') and company_id in (select unnest(app_companies()))
           and meeting_id in (select unnest(meetings_of_companies())));
create policy company_answer on meetings_meetingparticipant for update
    using (party = 'company' and company_id in (select unnest(app_companies()))
           and meeting_id in (select unnest(meetings_of_companies())))
    with check (party = 'company' and company_id in (select unnest(app_companies())));

-- Those who work with citizens book, move and call off; a citizen answers for themselves.
create function meetings_is_meeting_of(meeting uuid, citizen uuid, company uuid) returns boolean language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from meetings_meeting m where m.id = meeting and m.citizen_id = citizen
                  and m.company_id is not distinct from company)
$$;
create policy belongs on meetings_meeting as restrictive for insert
    with check (made_by_id = (select app_actor()) and (select app_keeps_partners()));
create policy staff_change on meetings_meeting as restrictive for update
    using ((select app_keeps_partners())) with check ((select app_keeps_partners()));
create policy belongs on meetings_meetingparticipant as restrictive for insert
    with check ((select app_keeps_partners()) and meetings_is_meeting_of(meeting_id, citizen_id, company_id));
create policy own_answer on meetings_meetingparticipant as restrictive for update
    using ((select app_keeps_partners()) or user_id = (select app_actor())
           or (party = 'citizen' and citizen_id = (select app_self()))
           or (party = 'company' and company_id in (select unnest(app_companies()))));
create policy belongs on meetings_meetinghelp as restrictive for insert
    with check (changed_by_id = (select app_actor()) and (select app_keeps_partners())
                and meetings_is_meeting_of(meeting_id, citizen_id, company_id));
create policy staff_change on meetings_meetinghelp as restrictive for update
    using ((select app_keeps_partners())) with check (changed_by_id = (select app_actor()));

-- When colleagues are taken, as hours only: one is told of a clash and never with whom the other meeting is.
create function meetings_busy(people uuid[], begins timestamptz, ends timestamptz, besides uuid)
returns table (user_id uuid, starts_at timestamptz, ends_at timestamptz) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select p.user_id, m.starts_at, m.ends_at
    from meetings_meetingparticipant p join meetings_meeting m on m.id = p.meeting_id
    where (select app_keeps_partners()) and p.user_id = any(people) and p.user_id in (select unnest(app_colleagues()))
      and p.left_at is null and m.state = 'planned' and m.starts_at < ends and m.ends_at > begins
      and m.id is distinct from besides
    union
    select i.made_by_id, i.meets_at, i.meets_at + interval '1 hour' from placements_introduction i
    where (select app_keeps_partners()) and i.made_by_id = any(people) and i.made_by_id in (select unnest(app_colleagues()))
      and i.state = 'planned' and i.meets_at < ends and i.meets_at + interval '1 hour' > begins
    order by 1, 2
$$;

-- A calendar is its owner's. Whoever holds the secret finds whose it is, and nothing else.
alter table meetings_calendarfeed enable row level security;
create policy own on meetings_calendarfeed using (user_id = (select app_actor())) with check (user_id = (select app_actor()));
create trigger history after insert or update or delete on meetings_calendarfeed
    for each row execute function history_row();
create function meetings_feed_user(secret bytea) returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select f.user_id from meetings_calendarfeed f join accounts_user u on u.id = f.user_id and u.is_active
    where f.token_hash = secret and f.dropped_at is null
$$;

-- Tables about a job that begin soon, for the worker's reminders: ids and moments.
create function meetings_tables_soon(begins timestamptz, ends timestamptz)
returns table (introduction_id uuid, citizen_id uuid, meets_at timestamptz) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select i.id, i.citizen_id, i.meets_at from placements_introduction i
    where (select app_is_worker()) and i.state = 'planned' and i.meets_at > begins and i.meets_at <= ends
    order by i.meets_at, i.id
$$;
-- Reminders of tables that were moved or called off are not sent.
create function meetings_forget_tables() returns bigint language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    with off as (
        update outbox_message m set state = 'called_off', problem = ''
        where (select app_is_worker()) and m.key ~>=~ 'table:' and m.key ~<~ 'table;' and m.state = 'waiting'
          and not exists(select from placements_introduction i
                         where i.id::text = split_part(m.key, ':', 2) and i.state = 'planned'
                           and extract(epoch from i.meets_at)::bigint::text = split_part(m.key, ':', 3))
        returning 1)
    select count(*) from off
$$;
