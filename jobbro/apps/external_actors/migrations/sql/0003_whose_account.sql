-- A login at a partner is an account of its own: of kind external, open, and nobody else's. One that was replaced is closed
-- and comes back nowhere: its holder may not learn what another municipality tells somebody else.
create function external_account_is_free() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists(select from accounts_user u where u.id = new.user_id and u.kind = 'external' and u.is_active)
       and not exists(select from external_actors_externalperson p where p.user_id = new.user_id)
       and not exists(select from accounts_position p where p.user_id = new.user_id)
    then
        return new;
    end if;
    raise insufficient_privilege using message = 'permission denied: a login at a partner has an account of its own';
end $$;
revoke all on function external_account_is_free() from public;
create function external_account_is_closed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    update accounts_user set is_active = false where id = old.user_id;
    return null;
end $$;
revoke all on function external_account_is_closed() from public;
create trigger account_is_free before insert on external_actors_externalperson
    for each row execute function external_account_is_free();
create trigger account_is_free_again before update of user_id on external_actors_externalperson for each row
    when (new.user_id is distinct from old.user_id) execute function external_account_is_free();
create trigger account_is_closed after update of user_id on external_actors_externalperson for each row
    when (new.user_id is distinct from old.user_id) execute function external_account_is_closed();
