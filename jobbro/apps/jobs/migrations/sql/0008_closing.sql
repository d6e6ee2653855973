-- Jobs whose closing date has passed, or whose workplace or company has closed, are closed; the worker calls it at night.
create function jobs_close_openings(day date, moment timestamptz) returns bigint language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    with closed as (
        update jobs_opening o set state = 'closed', state_on = day, state_note = '', changed_at = moment
        from employers_workplace w join employers_company c on c.id = w.company_id
        where w.id = o.workplace_id and o.state = 'open'
          and (o.closes_on < day or w.closed_on <= day or c.state = 'closed') returning 1
    ) select count(*) from closed
$$;
