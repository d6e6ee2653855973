-- A link between unit and municipality cannot be bent to a foreign unit: that would make the unit the actor's own.
drop policy administration_change on organisations_unitmunicipality;
create policy administration_change on organisations_unitmunicipality for update
    using ((select app_has_role(array['administrator'])) and municipality_id = any((select app_administered_municipalities())::text[]))
    with check ((select app_has_role(array['administrator'])) and municipality_id = any((select app_administered_municipalities())::text[])
                and unit_id = any((select app_administered_units())::uuid[]));
-- Caseworkers and team leads invite citizens; employees are added by administrators.
create policy employees_by_administrators on accounts_user as restrictive for insert
    with check (kind = 'citizen' or (select app_has_role(array['administrator'])));
