drop policy not_after_the_job on matching_card;
create or replace function app_table_proposals() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select c.proposal_id from matching_card c
        where c.company_id = any((select app_companies())::uuid[])
          and c.withdrawn_at is null and c.from_on <= app_today() and c.until_on >= app_today()
        union
        select p.proposal_id from placements_placement p
        where p.company_id = any((select app_companies())::uuid[]) and p.state in ('agreed', 'ended'))
$$;
drop function placements_past_proposals();
create or replace function placement_state_is_earned() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if new.state = 'agreed' and not exists(
        select from placements_agreementversion v
        where v.placement_id = new.id
          and v.number <= (select max(number) from placements_agreementversion where placement_id = new.id)
          and (select count(*) from placements_signature s where s.version_id = v.id) = 3)
    then
        raise insufficient_privilege using message = 'three signatures make a placement agreed';
    end if;
    if (old.state, new.state) not in (
        ('agreeing', 'agreeing'), ('agreeing', 'agreed'), ('agreeing', 'given_up'), ('given_up', 'given_up'),
        ('agreed', 'agreed'), ('agreed', 'ended'), ('ended', 'ended'))
       or (old.starts_on is not null and new.starts_on is distinct from old.starts_on)
       or (old.starts_on is null and new.starts_on is not null and new.state <> 'agreed')
    then
        raise insufficient_privilege using message = 'a placement does not move like this';
    end if;
    return new;
end $$;
drop policy belongs on placements_ending;
drop function placements_may_end(uuid, uuid);
