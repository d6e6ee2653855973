drop policy own_name on jobs_opening;
drop policy same_company on jobs_opening;
drop function app_is_opening_confirmed_by(uuid, uuid);
drop function app_is_carved_of(uuid, uuid);
drop policy reserved on jobs_opening;
drop policy pool on jobs_opening;
drop function app_reads_pool();
