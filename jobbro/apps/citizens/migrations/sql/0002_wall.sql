alter table citizens_citizen enable row level security;
create policy need_to_know on citizens_citizen for select using (id in (select unnest(app_citizens())));
create policy change on citizens_citizen for update using (id in (select unnest(app_citizens())));
-- Registering: in an own municipality and in one's own name.
create policy registration on citizens_citizen for insert with check (
    municipality_id = any((select app_municipalities())::text[]) and created_by = (select app_actor())
    and (select app_has_role(array['team_lead', 'caseworker', 'administrator'])));
create trigger history after insert or update or delete on citizens_citizen for each row execute function history_row('id');

-- Which of these keyed hashes belong to a citizen of this municipality: for the dry run of an import, by those who may register.
create function citizens_known(municipality text, keys bytea[]) returns setof bytea language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select cpr_key from citizens_citizen
    where municipality_id = municipality and cpr_key = any(keys) and municipality = any((select app_municipalities())::text[])
      and (select app_has_role(array['team_lead', 'caseworker', 'administrator']))
$$;
