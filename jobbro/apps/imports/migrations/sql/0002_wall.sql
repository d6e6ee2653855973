-- A batch is seen by the person who uploaded it and by administrators of the municipality, as long as they work there.
create function app_import_batches() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select id from imports_importbatch
                 where (uploaded_by_id = app_actor() and municipality_id = any((select app_municipalities())::text[])
                        and (select app_has_role(array['team_lead', 'administrator'])))
                    or municipality_id = any((select app_administered_municipalities())::text[]))
$$;

-- The batch of a file that was uploaded before, perhaps by a colleague whose batches the actor does not see.
create function import_known(municipality text, kind text, digest bytea) returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select b.id from imports_importbatch b
    where b.municipality_id = import_known.municipality and b.kind = import_known.kind and b.digest = import_known.digest
      and import_known.municipality = any((select app_municipalities())::text[])
      and (select app_has_role(array['team_lead', 'administrator']))
$$;

-- What was never imported is forgotten after a time; the worker calls it and sees nothing of it.
create function import_forget(before timestamptz) returns bigint language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
    with forgotten as (
        update imports_importrow r set cipher = null, identity = null, faults = '{}',
                                       state = case when r.state = 'done' then 'done' else 'skipped' end
        from imports_importbatch b where b.id = r.batch_id and b.uploaded_at < before and r.cipher is not null returning 1
    ), ended as (
        update imports_importbatch set state = 'done', ended_at = now() where uploaded_at < before and state = 'open' returning 1
    ) select (select count(*) from forgotten) + 0 * (select count(*) from ended)
$$;

alter table imports_importbatch enable row level security;
create policy need_to_know on imports_importbatch using (
    (uploaded_by_id = (select app_actor()) and municipality_id = any((select app_municipalities())::text[])
     and (select app_has_role(array['team_lead', 'administrator'])))
    or municipality_id = any((select app_administered_municipalities())::text[]));
alter table imports_importrow enable row level security;
create policy need_to_know on imports_importrow using (batch_id = any((select app_import_batches())::uuid[]));
-- No history of the rows: it would be a second copy of what is to be forgotten.
create trigger history after insert or update or delete on imports_importbatch for each row execute function history_row();
