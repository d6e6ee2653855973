-- Words about the actor's positions. Definer functions: they read the tables behind the wall that they themselves define.
create function app_positions() returns setof accounts_position language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select p.* from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active
    where p.user_id = app_actor() and p.from_on <= app_today() and coalesce(p.until_on, 'infinity') >= app_today()
$$;

create function app_municipalities() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.municipality_id from app_positions() p join organisations_unitmunicipality s on s.unit_id = p.unit_id
                 where s.from_on <= app_today() and coalesce(s.until_on, 'infinity') >= app_today())
$$;

create function app_has_role(roles text[]) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select exists(select from app_positions() where role = any(roles)) $$;

-- Units in the municipalities where the actor is administrator.
create function app_administered_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct s.unit_id from organisations_unitmunicipality s
                 where (select app_has_role(array['administrator'])) and s.municipality_id = any((select app_municipalities())::text[]))
$$;

create function app_led_units() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select unit_id from app_positions() where role = 'team_lead')
$$;

-- Employees whose names the actor may see: everybody who has or had a position in the actor's municipalities.
create function app_colleagues() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct p.user_id from accounts_position p join organisations_unitmunicipality s on s.unit_id = p.unit_id
                 where s.municipality_id = any((select app_municipalities())::text[]))
$$;

-- Before anybody is logged in there is no actor: these two hand out exactly one account to check a password or a token against.
create function account_for_login(name text) returns setof accounts_user language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select * from accounts_user where username = name and is_active $$;
create function account_for_subject(sub text) returns setof accounts_user language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select * from accounts_user where subject = sub and is_active $$;

alter table accounts_user enable row level security;
create policy own on accounts_user using (id = (select app_actor())) with check (id = (select app_actor()));
create policy colleagues on accounts_user for select using (id = any((select app_colleagues())::uuid[]));
create policy administration on accounts_user for insert
    with check ((select app_has_role(array['administrator', 'team_lead', 'caseworker'])));
create policy administration_change on accounts_user for update
    using ((select app_has_role(array['administrator'])) and id = any((select app_colleagues())::uuid[]));

alter table accounts_position enable row level security;
create policy own on accounts_position for select using (user_id = (select app_actor()));
create policy colleagues on accounts_position for select using (user_id = any((select app_colleagues())::uuid[]));
create policy administration on accounts_position for insert
    with check (unit_id = any((select app_administered_units())::uuid[]));
create policy administration_change on accounts_position for update
    using (unit_id = any((select app_administered_units())::uuid[]));

create trigger history after insert or update or delete on accounts_position for each row execute function history_row();
create trigger history after insert or update or delete on organisations_unit for each row execute function history_row();
create trigger history after insert or update or delete on organisations_team for each row execute function history_row();
create trigger history after insert or update or delete on organisations_unitmunicipality for each row execute function history_row();
-- Of accounts only what an administrator decides is kept, not each login.
create trigger history after insert or delete or update of username, subject, display_name, email, phone, is_active
    on accounts_user for each row execute function history_row();
