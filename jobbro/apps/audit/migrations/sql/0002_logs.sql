-- Three logs, partitioned by month. xid is the transaction that wrote the row: seals go by it, because ids are drawn
-- before a commit and transactions finish in any order.
create table audit_clock (only_row boolean primary key default true check (only_row), xid_offset bigint not null default 0);
insert into audit_clock default values;
create function audit_xid() returns bigint language sql volatile security definer set search_path = pg_catalog, public, pg_temp as
$$ select pg_current_xact_id()::text::bigint + xid_offset from audit_clock $$;

create sequence audit_look_id_seq;
create table audit_look (
    id bigint not null default nextval('audit_look_id_seq'),
    at timestamptz not null default now(),
    xid bigint not null default audit_xid(),
    actor_id uuid not null,
    request_id uuid,
    role text not null,
    unit_id uuid,
    municipality_id text,
    citizen_ids uuid[] not null,
    purpose text not null,
    purpose_text text not null default '',
    view text not null,
    kind text not null,
    tier text not null,
    related boolean not null,
    outcome text not null,
    criterion bytea,
    primary key (at, id)
) partition by range (at);
create index audit_look_citizens on audit_look using gin (citizen_ids);
create index audit_look_xid on audit_look (xid, id);
create index audit_look_request on audit_look (request_id);

create sequence audit_change_id_seq;
create table audit_change (
    id bigint not null default nextval('audit_change_id_seq'),
    at timestamptz not null default now(),
    xid bigint not null default audit_xid(),
    actor_id uuid not null,
    request_id uuid,
    operation text not null,
    table_name text not null,
    row_id text not null,
    citizen_id uuid,
    before jsonb,
    after jsonb,
    primary key (at, id)
) partition by range (at);
create index audit_change_citizen on audit_change (citizen_id, at) where citizen_id is not null;
create index audit_change_xid on audit_change (xid, id);

create sequence audit_event_id_seq;
create table audit_event (
    id bigint not null default nextval('audit_event_id_seq'),
    at timestamptz not null default now(),
    xid bigint not null default audit_xid(),
    actor_id uuid not null,
    request_id uuid,
    verb text not null,
    citizen_id uuid,
    subject text not null default '',
    detail jsonb not null default '{}',
    primary key (at, id)
) partition by range (at);
create index audit_event_citizen on audit_event (citizen_id, at) where citizen_id is not null;
create index audit_event_xid on audit_event (xid, id);

-- A month without its partition falls into the default one: a late partition loses no row.
create table audit_look_default partition of audit_look default;
create table audit_change_default partition of audit_change default;
create table audit_event_default partition of audit_event default;

create function audit_add_month(month date) returns void language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    log text;
    first date := date_trunc('month', month)::date;
    part text;
begin
    foreach log in array array['audit_look', 'audit_change', 'audit_event'] loop
        part := log || to_char(first, '_YYYY_MM');
        if to_regclass('public.' || part) is null then
            execute format('create table public.%I partition of %I for values from (%L) to (%L)',
                           part, log, first, (first + interval '1 month')::date);
            execute format('alter table public.%I enable row level security', part);
        end if;
    end loop;
end $$;
do $$
declare month date;
begin
    for month in select generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '14 months', '1 month') loop
        perform audit_add_month(month);
    end loop;
end $$;

alter table audit_look enable row level security;
alter table audit_change enable row level security;
alter table audit_event enable row level security;
alter table audit_look_default enable row level security;
alter table audit_change_default enable row level security;
alter table audit_event_default enable row level security;
-- Changes and events of a person follow the person; a look is read by the person and by the leader of the unit.
create policy need_to_know on audit_change for select using (citizen_id in (select unnest(app_citizens())));
create policy need_to_know on audit_event for select
    using (citizen_id in (select unnest(app_citizens())) or actor_id = (select app_actor()));

create function log_look(
    citizens uuid[], purpose text, purpose_text text, view text, kind text, tier text, outcome text, criterion bytea
) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    standing record;
begin
    if app_actor() is null then
        raise insufficient_privilege using message = 'a look at a person needs an actor';
    end if;
    select * into standing from app_standing(citizens);
    insert into audit_look (actor_id, request_id, role, unit_id, municipality_id, citizen_ids, purpose, purpose_text,
                            view, kind, tier, related, outcome, criterion)
    values (app_actor(), app_request(), standing.role, standing.unit_id, standing.municipality_id, citizens, purpose,
            purpose_text, view, kind, tier, standing.related, outcome, criterion);
end $$;

create function log_event(verb text, citizen_id uuid, subject text, detail jsonb) returns void language plpgsql
security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if app_actor() is null then
        raise insufficient_privilege using message = 'an act needs an actor';
    end if;
    insert into audit_event (actor_id, request_id, verb, citizen_id, subject, detail)
    values (app_actor(), app_request(), verb, log_event.citizen_id, log_event.subject, log_event.detail);
end $$;

-- The trigger of every table that holds something about a person or about who may do what. Its argument names the
-- column with the citizen. It runs with the owner's rights: the application cannot write here by itself.
create function history_row() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    old_row jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
    new_row jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
    column_name text := coalesce(tg_argv[0], 'citizen_id');
begin
    if app_actor() is null then
        raise insufficient_privilege using message = 'a change needs an actor';
    end if;
    insert into audit_change (actor_id, request_id, operation, table_name, row_id, citizen_id, before, after)
    values (app_actor(), app_request(), tg_op, tg_table_name, coalesce(new_row, old_row) ->> 'id',
            (coalesce(new_row, old_row) ->> column_name)::uuid, old_row, new_row);
    return null;
end $$;
revoke all on function history_row() from public;
