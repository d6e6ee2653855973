-- Whom somebody rings whose time as a contact is over: the company's name and the municipality's numbers, nothing more.
create function app_last_entrance()
returns table (company text, until_on date, unit text, unit_phone text, municipality text, municipality_phone text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select k.name, c.until_on, u.name, u.phone, m.name, m.phone
    from employers_contactperson c
    join employers_company k on k.id = c.company_id
    join organisations_team t on t.id = k.team_id
    join organisations_unit u on u.id = t.unit_id
    join organisations_municipality m on m.code = k.municipality_id
    where c.user_id = app_actor()
    order by c.until_on desc nulls first, c.from_on desc, c.id
    limit 1
$$;

-- Whether an account is of somebody at the company with this number; asked before anybody is logged in.
create function app_is_account_at(account uuid, number text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from employers_contactperson c join employers_company k on k.id = c.company_id
                  where c.user_id = account and k.cvr = number)
$$;
