drop function touch_case(uuid, date);
drop trigger history on cases_case;
drop policy need_to_know on cases_case;
alter table cases_case disable row level security;
drop policy led_looks on audit_look;
drop policy own_looks on audit_look;
drop function open_urgently(bytea, uuid, text, integer), app_open_teams();
create or replace function app_colleagues() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct p.user_id from accounts_position p join organisations_unitmunicipality s on s.unit_id = p.unit_id
                 where s.municipality_id = any((select app_municipalities())::text[]))
$$;
create or replace function app_standing(citizens uuid[], out role text, out unit_id uuid, out municipality_id text, out related boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select 'none', null::uuid, null::text, false $$;
create or replace function app_citizens() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select '{}'::uuid[] $$;
drop function app_related_citizens(), app_self(), app_teams();
