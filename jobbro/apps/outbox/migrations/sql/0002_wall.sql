-- A message is read by the person it is for and by those around the citizen it is for; the worker sends it.
alter table outbox_message enable row level security;
create policy own on outbox_message for select
    using (user_id = (select app_actor()) or citizen_id = (select app_self()));
create policy need_to_know on outbox_message for select using (citizen_id in (select unnest(app_citizens())));
create policy by_hand on outbox_message for update
    using (citizen_id in (select unnest(app_citizens())) and citizen_id is distinct from (select app_self())
           and (way in ('letter', 'call') and state = 'waiting' or state in ('unsure', 'failed')))
    with check (done_by_id = (select app_actor()) and (way in ('letter', 'call') and state = 'sent' or state = 'waiting'));
create policy worker on outbox_message using ((select app_is_worker())) with check ((select app_is_worker()));

-- Whoever acts can tell somebody something: the text is fixed by the kind. The same key is the same message.
create function outbox_queue(message uuid, key text, citizen uuid, account uuid, address text, called text, language text,
    kind text, link text, filled jsonb, entry jsonb, send_at timestamptz, until_at timestamptz, made_at timestamptz)
returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    insert into outbox_message (id, key, citizen_id, user_id, email, name, language, kind, link, values, event, send_at,
        until_at, made_at, way, state, attempts, next_try_at, problem)
    values (outbox_queue.message, outbox_queue.key, outbox_queue.citizen, outbox_queue.account, outbox_queue.address,
        outbox_queue.called, outbox_queue.language, outbox_queue.kind, outbox_queue.link, outbox_queue.filled,
        outbox_queue.entry, outbox_queue.send_at, outbox_queue.until_at, outbox_queue.made_at, '', 'waiting', 0,
        outbox_queue.send_at, '')
    on conflict on constraint outbox_message_key_key do nothing;
    return found;
end $$;
create function outbox_call_off(key text, moment timestamptz) returns boolean language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    update outbox_message m set state = 'called_off', problem = '' where m.key = outbox_call_off.key and m.state = 'waiting';
    return found;
end $$;
create function outbox_call_off_all(prefix text, moment timestamptz) returns bigint language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    with off as (
        update outbox_message m set state = 'called_off', problem = ''
        where m.key ~>=~ outbox_call_off_all.prefix and m.key ~<~ (outbox_call_off_all.prefix || chr(65533))
          and m.state = 'waiting'
        returning 1)
    select count(*) from off
$$;

-- Where messages go, as the worker needs it when it sends: nothing for somebody who has left.
create function outbox_addresses(messages uuid[]) returns table (
    message uuid, is_there boolean, own_way text, file_way text, wants_day boolean, wants_hour boolean, wants_tasks boolean,
    has_login boolean, is_protected boolean, email text, phone text, cpr bytea, language text, sender text,
    municipality text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select m.id,
        case when m.user_id is not null then a.is_active else true end,
        coalesce(w.way, ''), coalesce(c.channel, ''),
        coalesce(w.wants_day_before, true), coalesce(w.wants_hour_before, false),
        case when a.id is not null then not exists(select from reminders_mailchoice r where r.user_id = a.id and not r.wants_mail)
             else coalesce(w.wants_tasks, true) end,
        coalesce(a.is_active, l.is_active, false), coalesce(c.is_protected, false),
        coalesce(nullif(m.email, ''), a.email, t.email, '')::text, coalesce(t.phone, '')::text,
        c.cpr_cipher, coalesce(a.language, l.language, m.language)::text,
        coalesce(y.name, (
            select min(n.name) from accounts_position p
            join organisations_unitmunicipality s on s.unit_id = p.unit_id
            join organisations_municipality n on n.code = s.municipality_id
            where p.user_id = m.user_id and p.until_on is null), '')::text,
        coalesce(c.municipality_id, '')::text
    from outbox_message m
    left join citizens_citizen c on c.id = m.citizen_id
    left join accounts_user l on l.id = c.user_id
    left join citizens_contact t on t.citizen_id = c.id
    left join outbox_messagechoice w on w.citizen_id = c.id
    left join organisations_municipality y on y.code = c.municipality_id
    left join accounts_user a on a.id = m.user_id
    where (select app_is_worker()) and m.id = any(outbox_addresses.messages)
$$;

-- What waits, failed or is unsure, as numbers: for administrators, of their own municipalities and of plain addresses.
create function outbox_overview(since timestamptz) returns table (
    kind text, way text, state text, problem text, messages bigint, oldest timestamptz, newest timestamptz)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select m.kind::text, m.way::text, m.state::text, m.problem::text, count(*), min(m.send_at), max(m.sent_at)
    from outbox_message m left join citizens_citizen c on c.id = m.citizen_id
    where (select app_has_role(array['administrator'])) and (m.state = 'waiting' or m.send_at >= outbox_overview.since)
      and (c.municipality_id = any((select app_municipalities())::text[])
           or m.user_id in (select unnest(app_colleagues())) or (m.citizen_id is null and m.user_id is null))
    group by 1, 2, 3, 4
$$;
