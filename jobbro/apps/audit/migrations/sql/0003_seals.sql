-- Seals: sha256(the seal before || sha256 of every row's sha256), over all rows of finished transactions since the last seal.
create sequence audit_seal_id_seq;
create table audit_seal (
    id bigint primary key default nextval('audit_seal_id_seq'),
    log text not null,
    from_xid bigint not null,
    to_xid bigint not null,
    rows bigint not null,
    digest bytea not null,
    sealed_at timestamptz not null default now(),
    unique (log, from_xid)
);

-- The canonical form of a row names its columns, so that a column added later does not break old seals.
create function audit_digest(log text, low bigint, high bigint, out rows bigint, out digest bytea) language plpgsql stable
security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' set bytea_output = 'hex' as $$
begin
    if log = 'audit_look' then
        select count(*), sha256(string_agg(sha256(convert_to(jsonb_build_array(
            id, at, xid, actor_id, request_id, role, unit_id, municipality_id, citizen_ids, purpose, purpose_text, view,
            kind, tier, related, outcome, criterion)::text, 'UTF8')), ''::bytea order by xid, id))
        into rows, digest from audit_look where xid >= low and xid < high;
    elsif log = 'audit_change' then
        select count(*), sha256(string_agg(sha256(convert_to(jsonb_build_array(
            id, at, xid, actor_id, request_id, operation, table_name, row_id, citizen_id, before, after)::text, 'UTF8')),
            ''::bytea order by xid, id))
        into rows, digest from audit_change where xid >= low and xid < high;
    else
        select count(*), sha256(string_agg(sha256(convert_to(jsonb_build_array(
            id, at, xid, actor_id, request_id, verb, citizen_id, subject, detail)::text, 'UTF8')),
            ''::bytea order by xid, id))
        into rows, digest from audit_event where xid >= low and xid < high;
    end if;
end $$;

create function audit_seal_logs() returns bigint language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    names text[] := array['audit_look', 'audit_change', 'audit_event'];
    name text;
    low bigint;
    -- Every transaction below this number has ended: no row can still appear there.
    high bigint := (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + xid_offset from audit_clock);
    part record;
    sealed bigint := 0;
begin
    perform pg_advisory_xact_lock(hashtext('audit_seal_logs'));
    foreach name in array names loop
        select coalesce(max(to_xid), 0) into low from audit_seal where log = name;
        if high > low then
            select * into part from audit_digest(name, low, high);
            if part.rows > 0 then
                insert into audit_seal (log, from_xid, to_xid, rows, digest)
                values (name, low, high, part.rows, sha256(coalesce(
                    (select digest from audit_seal where log = name order by to_xid desc limit 1), ''::bytea) || part.digest));
                sealed := sealed + part.rows;
            end if;
        end if;
    end loop;
    return sealed;
end $$;

-- Every seal that does not hold, oldest first. Nothing returned means: no sealed row was changed, added or removed.
create function audit_broken_seals() returns table (seal_id bigint, log text, sealed_at timestamptz, rows_sealed bigint, rows_found bigint)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    seal record;
    part record;
    before bytea := ''::bytea;
    last_log text := '';
    last_to bigint := 0;
begin
    for seal in select * from audit_seal s order by s.log, s.to_xid loop
        if seal.log <> last_log then
            before := ''::bytea; last_to := 0; last_log := seal.log;
        end if;
        select * into part from audit_digest(seal.log, seal.from_xid, seal.to_xid);
        if seal.from_xid <> last_to or part.rows <> seal.rows
           or sha256(before || coalesce(part.digest, ''::bytea)) <> seal.digest then
            seal_id := seal.id; log := seal.log; sealed_at := seal.sealed_at; rows_sealed := seal.rows; rows_found := part.rows;
            return next;
        end if;
        before := seal.digest;
        last_to := seal.to_xid;
    end loop;
end $$;

-- After a logical restore transaction numbers begin low again: shift them above everything already written.
create function audit_rebase() returns void language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    update audit_clock set xid_offset = greatest(xid_offset, 1 + greatest(
        (select coalesce(max(xid), 0) from audit_look), (select coalesce(max(xid), 0) from audit_change),
        (select coalesce(max(xid), 0) from audit_event), (select coalesce(max(to_xid), 0) from audit_seal))
        - pg_current_xact_id()::text::bigint)
    where pg_current_xact_id()::text::bigint + xid_offset < (select coalesce(max(to_xid), 0) from audit_seal)
$$;
revoke all on function audit_rebase() from public;

alter table audit_submission enable row level security;
create policy own on audit_submission using (actor_id = (select app_actor())) with check (actor_id = (select app_actor()));
