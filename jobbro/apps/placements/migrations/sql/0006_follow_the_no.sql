-- A proposal that is declined, on whichever page, ends what was planned and what was being agreed. What is signed stands.
create function table_ends_with_proposal() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    update placements_placement set state = 'given_up', state_on = app_today()
    where proposal_id = new.id and state = 'agreeing';
    update placements_introduction set state = 'cancelled', changed_at = now()
    where proposal_id = new.id and state = 'planned';
    return null;
end $$;
revoke all on function table_ends_with_proposal() from public;
create trigger ends_table after update of state on matching_proposal for each row
    when (new.state = 'declined' and old.state <> 'declined') execute function table_ends_with_proposal();
