-- Who holds the relation with a company: its broker, those in its team, and the lead of the team's unit.
create function app_holds_company(company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from employers_company c where c.id = company and c.id in (select unnest(app_partner_companies()))
                    and (select app_keeps_partners())
                    and (c.broker_id = app_actor() or c.team_id = any((select app_teams())::uuid[])))
$$;
-- Whether somebody works with companies or citizens in the team today.
create function app_works_in(account uuid, team uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from accounts_position p join accounts_user u on u.id = p.user_id and u.is_active
                  join organisations_team t on t.unit_id = p.unit_id
                  where t.id = team and u.id = account and u.kind = 'staff' and coalesce(p.team_id, team) = team
                    and p.role in ('team_lead', 'caseworker', 'job_broker')
                    and p.from_on <= app_today() and coalesce(p.until_on, 'infinity') >= app_today())
$$;
-- The holders as they are in the table, for policies that must see the row as it was.
create function app_is_held_by(company uuid, account uuid, team uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from employers_company c where c.id = company and c.broker_id = account and c.team_id = team)
$$;
-- Wages are for those who hold the relation: nobody takes it to see them, those who hold it hand it over.
create policy holders on employers_company as restrictive for insert with check (app_works_in(broker_id, team_id));
create policy holders_change on employers_company as restrictive for update
    with check (app_is_held_by(id, broker_id, team_id) or (app_holds_company(id) and app_works_in(broker_id, team_id)));

-- Nobody hands out a login that shows more than they see themselves, and no account of another company is drawn in.
create function app_is_contact_as(contact uuid, account uuid, wages boolean) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from employers_contactperson c
                  where c.id = contact and c.user_id is not distinct from account and (c.sees_wages or not wages))
$$;
create function app_is_account_for(account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select account is null or not exists(select from employers_contactperson c where c.user_id = account
                                           and c.company_id not in (select unnest(app_partner_companies())))
$$;
create policy logins on employers_contactperson as restrictive for insert
    with check (app_is_account_for(user_id) and (not sees_wages or app_holds_company(company_id)));
create policy logins_change on employers_contactperson as restrictive for update
    with check (app_is_contact_as(id, user_id, sees_wages)
                or (app_is_account_for(user_id) and (not sees_wages or app_holds_company(company_id))));
