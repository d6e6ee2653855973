create or replace function app_colleagues() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select p.user_id from accounts_position p join organisations_unitmunicipality s on s.unit_id = p.unit_id
        where s.municipality_id = any((select app_municipalities())::text[])
        union
        select m.user_id from cases_casemember m where m.citizen_id = (select app_self())
        union
        select p.user_id from cases_case c join accounts_position p on p.team_id = c.team_id
        where c.citizen_id = (select app_self()))
$$;
drop policy partners_seen on accounts_user;
drop function app_partner_accounts();
drop policy partners on accounts_user;
drop policy employees_by_administrators on accounts_user;
create policy employees_by_administrators on accounts_user as restrictive for insert
    with check (kind = 'citizen' or (select app_has_role(array['administrator'])));
drop trigger history on employers_company;
drop policy need_to_know on employers_company;
drop policy keeping on employers_company;
drop policy change on employers_company;
alter table employers_company disable row level security;
drop function app_is_employer_account(uuid), app_is_workplace_of(uuid, uuid), app_keeps_partners(), app_partner_companies(), app_companies();
