drop policy not_oneself_given on accounts_position;
drop policy not_oneself_changed on accounts_position;
drop policy all_read on organisations_municipality;
alter table organisations_municipality disable row level security;
drop policy all_read on organisations_unit;
drop policy administration on organisations_unit;
drop policy administration_change on organisations_unit;
alter table organisations_unit disable row level security;
drop policy all_read on organisations_unitmunicipality;
drop policy administration on organisations_unitmunicipality;
drop policy administration_change on organisations_unitmunicipality;
alter table organisations_unitmunicipality disable row level security;
drop policy all_read on organisations_team;
drop policy administration on organisations_team;
drop policy administration_change on organisations_team;
alter table organisations_team disable row level security;
drop policy ours_or_oneself on accounts_user;
drop function app_unit_is_new(uuid);
drop function app_account_is_ours(uuid);
drop function usernames_taken(text[]);
create or replace function app_administered_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.unit_id from organisations_unitmunicipality s
                 where (select app_has_role(array['administrator'])) and s.municipality_id = any((select app_municipalities())::text[]))
$$;
drop function app_administered_municipalities();
