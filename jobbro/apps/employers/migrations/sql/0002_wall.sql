-- Companies whose own people the actor is among today.
create function app_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct c.company_id from employers_contactperson c join accounts_user u on u.id = c.user_id
                 where c.user_id = app_actor() and u.is_active and u.kind = 'employer'
                   and c.from_on <= app_today() and coalesce(c.until_on, 'infinity') >= app_today())
$$;

-- Partners of the actor's municipalities, for staff who work with people or with companies.
create function app_partner_companies() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select id from employers_company
                 where municipality_id = any((select app_municipalities())::text[])
                   and (select app_has_role(array['team_lead', 'caseworker', 'job_broker', 'key_person', 'administrator'])))
$$;

-- Who writes about partners.
create function app_keeps_partners() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select app_has_role(array['team_lead', 'caseworker', 'job_broker']) $$;

create function app_is_workplace_of(workplace uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select workplace is null or exists(select from employers_workplace w where w.id = workplace and w.company_id = company)
$$;
create function app_is_employer_account(account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select account is null or exists(select from accounts_user u where u.id = account and u.kind = 'employer')
$$;

alter table employers_company enable row level security;
create policy need_to_know on employers_company for select using (
    (municipality_id = any((select app_municipalities())::text[])
     and (select app_has_role(array['team_lead', 'caseworker', 'job_broker', 'key_person', 'administrator'])))
    or id in (select unnest(app_companies())));
create policy keeping on employers_company for insert with check (
    municipality_id = any((select app_municipalities())::text[]) and (select app_keeps_partners())
    and created_by_id = (select app_actor()) and team_id = any((select app_open_teams())::uuid[]));
create policy change on employers_company for update using (
    municipality_id = any((select app_municipalities())::text[]))
    with check (municipality_id = any((select app_municipalities())::text[]) and (select app_keeps_partners())
                and team_id = any((select app_open_teams())::uuid[]));
create trigger history after insert or update or delete on employers_company for each row execute function history_row();

-- Accounts of the companies' people: made by those who hold the relation, seen by the municipality's staff.
create policy partners on accounts_user for insert
    with check (kind = 'employer' and (select app_keeps_partners()));
drop policy employees_by_administrators on accounts_user;
create policy employees_by_administrators on accounts_user as restrictive for insert
    with check (kind in ('citizen', 'employer') or (select app_has_role(array['administrator'])));
create function app_partner_accounts() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct c.user_id from employers_contactperson c
                 where c.user_id is not null and c.company_id in (select unnest(app_partner_companies())))
$$;
create policy partners_seen on accounts_user for select using (id = any((select app_partner_accounts())::uuid[]));

-- The company's people see the names of those who hold the relation with them and who wrote what is shared.
create or replace function app_colleagues() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select p.user_id from accounts_position p join organisations_unitmunicipality s on s.unit_id = p.unit_id
        where s.municipality_id = any((select app_municipalities())::text[])
        union
        select m.user_id from cases_casemember m where m.citizen_id = (select app_self())
        union
        select p.user_id from cases_case c join accounts_position p on p.team_id = c.team_id
        where c.citizen_id = (select app_self())
        union
        select c.broker_id from employers_company c where c.id = any((select app_companies())::uuid[])
        union
        select p.user_id from employers_company c join accounts_position p on p.team_id = c.team_id
        where c.id = any((select app_companies())::uuid[])
        union
        select t.written_by_id from employers_talk t where t.is_shared and t.company_id = any((select app_companies())::uuid[]))
$$;
