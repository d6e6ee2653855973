-- Who acts: set by the middleware for one transaction. After a commit the setting is '' and not null, hence nullif.
create function app_actor() returns uuid language sql stable as
$$ select nullif(current_setting('app.actor_id', true), '')::uuid $$;

create function app_request() returns uuid language sql stable as
$$ select nullif(current_setting('app.request_id', true), '')::uuid $$;

-- The day in Denmark, for periods.
create function app_today() returns date language sql stable as
$$ select (now() at time zone 'Europe/Copenhagen')::date $$;

-- The persons the actor may see. Nobody until the cases app, which knows the relations, replaces this.
create function app_citizens() returns uuid[] language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select '{}'::uuid[] $$;

-- In which role, unit and municipality the actor stands towards these persons, and whether by a relation of their own.
create function app_standing(citizens uuid[], out role text, out unit_id uuid, out municipality_id text, out related boolean)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select 'none', null::uuid, null::text, false $$;

-- Danish order without the operating system's collations: æ, ø, å last, aa as å, the same on every build.
create function danish_order(t text) returns text language sql immutable parallel safe as
$$ select translate(replace(lower(t), 'aa', 'å'), 'æäøöåéèüë', '{{||}eeye') collate "C" $$;
