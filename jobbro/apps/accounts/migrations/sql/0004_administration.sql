-- Nobody gives themselves a role, lengthens it or ends it: a colleague does.
create policy not_oneself_given on accounts_position as restrictive for insert with check (user_id <> (select app_actor()));
create policy not_oneself_changed on accounts_position as restrictive for update using (user_id <> (select app_actor()));

-- Where the actor is administrator: the municipalities of the units in which they hold that role, not of all their units.
create function app_administered_municipalities() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.municipality_id from app_positions() p join organisations_unitmunicipality s on s.unit_id = p.unit_id
                 where p.role = 'administrator' and s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
$$;
create or replace function app_administered_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.unit_id from organisations_unitmunicipality s
                 where s.municipality_id = any((select app_administered_municipalities())::text[]))
$$;

-- Which of these names are taken, anywhere in the country. The lock lets one administrator at a time add names.
create function usernames_taken(names text[]) returns setof text language plpgsql volatile security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not app_has_role(array['administrator']) then
        raise insufficient_privilege using message = 'only administrators ask which usernames are taken';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('accounts_user.username', 0));
    return query select username::text from accounts_user where username = any(names);
end $$;

-- Whether every role that the account holds or will hold is in a unit that the actor administers.
create function app_account_is_ours(account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select not exists(select from accounts_position p where p.user_id = account and coalesce(p.until_on, 'infinity') >= app_today()
                        and not p.unit_id = any((select app_administered_units())::uuid[]))
$$;

create policy ours_or_oneself on accounts_user as restrictive for update
    using (id = (select app_actor()) or app_account_is_ours(id));

-- Units and teams: everybody reads them, administrators of a municipality they serve change them, nobody deletes them.
-- A unit may be given to a municipality while it is new or by those who administer it already: otherwise an administrator
-- could make a foreign unit their own.
create function app_unit_is_new(unit uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select not exists(select from organisations_unitmunicipality s where s.unit_id = unit)
$$;
alter table organisations_municipality enable row level security;
create policy all_read on organisations_municipality for select using (true);

alter table organisations_unit enable row level security;
create policy all_read on organisations_unit for select using (true);
create policy administration on organisations_unit for insert with check ((select app_has_role(array['administrator'])));
create policy administration_change on organisations_unit for update using (id = any((select app_administered_units())::uuid[]));

alter table organisations_unitmunicipality enable row level security;
create policy all_read on organisations_unitmunicipality for select using (true);
create policy administration on organisations_unitmunicipality for insert with check (
    (select app_has_role(array['administrator'])) and municipality_id = any((select app_administered_municipalities())::text[])
    and (unit_id = any((select app_administered_units())::uuid[]) or app_unit_is_new(unit_id)));
create policy administration_change on organisations_unitmunicipality for update using (
    (select app_has_role(array['administrator'])) and municipality_id = any((select app_administered_municipalities())::text[]));

alter table organisations_team enable row level security;
create policy all_read on organisations_team for select using (true);
create policy administration on organisations_team for insert with check (unit_id = any((select app_administered_units())::uuid[]));
create policy administration_change on organisations_team for update using (unit_id = any((select app_administered_units())::uuid[]));
