-- Of those who have moved whoever asks is told whom they may see and of nobody else: the walls that ask stand behind that
-- wall. While nobody has moved app_citizens() is not asked for.
create or replace function closing_parted() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select m.citizen_id from closing_move m
                 where m.state = 'taken' and m.citizen_id in (select unnest(app_citizens())))
$$;
