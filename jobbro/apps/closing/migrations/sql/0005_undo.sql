create or replace function closing_parted() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select m.citizen_id from closing_move m where m.state = 'taken')
$$;
