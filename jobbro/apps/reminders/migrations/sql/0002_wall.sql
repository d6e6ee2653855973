-- A choice is the person's own. A reminder is read by the person it is for and written by the worker, who sees nobody else.
create function app_is_worker() returns boolean language sql stable
set search_path = pg_catalog, public, pg_temp as $$ select app_actor() = '00000000-0000-7000-8000-000000000001' $$;

alter table reminders_mailchoice enable row level security;
create policy own on reminders_mailchoice using (user_id = (select app_actor())) with check (user_id = (select app_actor()));
create trigger history after insert or update or delete on reminders_mailchoice
    for each row execute function history_row();

alter table reminders_digest enable row level security;
create policy own on reminders_digest for select using (user_id = (select app_actor()));
create policy worker on reminders_digest using ((select app_is_worker())) with check ((select app_is_worker()));

-- Who could be reminded on a day: ids only, and only to the worker. `standing`: due, made (there is one already),
-- no_mail (they said no), no_address.
create function reminders_staff(day date) returns table (user_id uuid, standing text) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select u.id, case
        when exists(select from reminders_digest d where d.user_id = u.id and d.day = reminders_staff.day) then 'made'
        when u.email = '' then 'no_address'
        when exists(select from reminders_mailchoice c where c.user_id = u.id and not c.wants_mail) then 'no_mail'
        else 'due' end
    from accounts_user u
    where app_actor() = '00000000-0000-7000-8000-000000000001' and u.kind = 'staff' and u.is_active
      and exists(select from accounts_position p where p.user_id = u.id
                 and p.role in ('team_lead', 'caseworker', 'job_broker', 'key_person')
                 and p.from_on <= reminders_staff.day and coalesce(p.until_on, 'infinity') >= reminders_staff.day)
    order by u.id
$$;

-- Where to send one reminder and in which language; nothing when the person has left, said no or has no address any more.
create function reminders_address(digest uuid) returns table (email text, language text) language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select u.email::text, u.language::text from reminders_digest d join accounts_user u on u.id = d.user_id
    where app_actor() = '00000000-0000-7000-8000-000000000001' and d.id = reminders_address.digest
      and u.is_active and u.email <> ''
      and not exists(select from reminders_mailchoice c where c.user_id = u.id and not c.wants_mail)
      and exists(select from accounts_position p where p.user_id = u.id and p.from_on <= d.day
                 and coalesce(p.until_on, 'infinity') >= app_today())
$$;
