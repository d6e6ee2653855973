-- Old form tokens belong to everybody, so the worker, who is nobody among them, forgets them by the owner's rights.
create function forget_forms_before(moment timestamptz) returns bigint language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    with gone as (delete from audit_submission where received_at < moment and moment < now() - interval '1 day' returning 1)
    select count(*) from gone
$$;
