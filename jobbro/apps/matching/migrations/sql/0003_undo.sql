drop function matching_to_refresh(timestamptz, date, uuid, integer);
drop function app_cluster();
drop function app_pool_since(bigint);
drop index audit_change_of_openings;
