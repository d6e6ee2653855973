-- The history of open jobs by transaction: what a reader of the pool has not seen yet is found without reading the rest.
create index audit_change_of_openings on audit_change (xid) where table_name = 'jobs_opening';

-- Where the history of open jobs stands, and which of them have a change since `since` (the newest of each as `marks`);
-- without it nothing but whether this very transaction has changed any. A change below `place` is committed, or never
-- will be: whoever asks, then reads the open jobs, and asks again from `place`, misses nothing, however long somebody
-- else's transaction takes. Marks and not transactions are compared: an older transaction may change a row last.
create function app_pool_since(
    since bigint, out base bigint, out place bigint, out is_own boolean, out openings uuid[], out marks bigint[]
) language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    own bigint;
begin
    if app_reads_pool() is not true then
        return;
    end if;
    select (select oid from pg_database where datname = current_database())::bigint,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint + xid_offset,
           pg_current_xact_id_if_assigned()::text::bigint + xid_offset
    into base, place, own from audit_clock;
    is_own := own is not null and exists(
        select from audit_change c where c.table_name = 'jobs_opening' and c.xid = own);
    select array_agg(found.row_id::uuid), array_agg(found.mark) into openings, marks
    from (select c.row_id, max(c.id) as mark from audit_change c
          where c.table_name = 'jobs_opening' and c.xid >= since
          group by c.row_id) found;
end $$;

-- Which cluster this is: a file made for one says nothing of another.
create function app_cluster() returns bigint language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select system_identifier from pg_control_system() $$;

-- Whose file for matching may have to be told anew, in id order, and in whose name: the contact person, else somebody of
-- the citizen's team who works with citizens. Without `since` everybody. Ids only, and only to the worker, who sees nobody.
create function matching_to_refresh(since timestamptz, day date, beyond uuid, most integer)
returns table (citizen_id uuid, user_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    with waiting as (
        select distinct a.citizen_id from audit_change a
        where a.at >= since and a.citizen_id is not null and a.table_name in
            ('screening_agreement', 'jobs_workwish', 'citizens_citizen', 'citizens_contact', 'cases_case')
        union
        select c.citizen_id from cases_case c where since is null
    ), workers as (
        select p.user_id, p.team_id from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active
        where p.role in ('caseworker', 'job_broker') and p.from_on <= day and coalesce(p.until_on, 'infinity') >= day
    )
    select distinct on (w.citizen_id) w.citizen_id, p.user_id
    from waiting w join cases_case c on c.citizen_id = w.citizen_id
    join workers p on p.team_id = c.team_id or p.user_id in (
        select m.user_id from cases_casemember m
        where m.case_id = c.id and m.role = 'lead' and m.from_on <= day and coalesce(m.until_on, 'infinity') >= day)
    where app_actor() = '00000000-0000-7000-8000-000000000001' and (beyond is null or w.citizen_id > beyond)
    order by w.citizen_id, not exists(
        select from cases_casemember m where m.case_id = c.id and m.user_id = p.user_id and m.role = 'lead'
        and m.from_on <= day and coalesce(m.until_on, 'infinity') >= day), p.user_id
    limit most
$$;
