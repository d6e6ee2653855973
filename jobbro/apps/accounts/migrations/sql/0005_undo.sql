drop policy employees_by_administrators on accounts_user;
drop policy administration_change on organisations_unitmunicipality;
create policy administration_change on organisations_unitmunicipality for update using (
    (select app_has_role(array['administrator'])) and municipality_id = any((select app_administered_municipalities())::text[]));
