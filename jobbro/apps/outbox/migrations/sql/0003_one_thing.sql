create or replace function outbox_queue(message uuid, key text, citizen uuid, account uuid, address text, called text, language text,
    kind text, link text, filled jsonb, entry jsonb, send_at timestamptz, until_at timestamptz, made_at timestamptz)
returns boolean language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if outbox_queue.link !~ '^/([^/\\]|$)' then
        raise insufficient_privilege using message = 'permission denied: a message leads to a page of ours';
    end if;
    insert into outbox_message (id, key, citizen_id, user_id, email, name, language, kind, link, values, event, send_at,
        until_at, made_at, way, state, attempts, next_try_at, problem)
    values (outbox_queue.message, outbox_queue.key, outbox_queue.citizen, outbox_queue.account, outbox_queue.address,
        outbox_queue.called, outbox_queue.language, outbox_queue.kind, outbox_queue.link, outbox_queue.filled,
        outbox_queue.entry, outbox_queue.send_at, outbox_queue.until_at, outbox_queue.made_at, '', 'waiting', 0,
        outbox_queue.send_at, '')
    on conflict on constraint outbox_message_key_key do nothing;
    return found;
end $$;
-- All messages about one thing, by the whole of its name: a shorter beginning would be everybody's.
create or replace function outbox_call_off_all(prefix text, moment timestamptz) returns bigint language plpgsql volatile
security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    called_off bigint;
begin
    if outbox_call_off_all.prefix !~ '^[a-z_]+:[0-9a-f-]+:$' then
        raise insufficient_privilege using message = 'permission denied: the messages about one thing are called off';
    end if;
    update outbox_message m set state = 'called_off', problem = ''
    where m.key ~>=~ outbox_call_off_all.prefix and m.key ~<~ (outbox_call_off_all.prefix || chr(65533))
      and m.state = 'waiting';
    get diagnostics called_off = row_count;
    return called_off;
end $$;
