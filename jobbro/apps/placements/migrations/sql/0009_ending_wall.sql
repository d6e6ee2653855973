-- Why a placement ended is written by staff in their own name, about one that is agreed. The company reads none of it.
create function placements_may_end(placement uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_placement p
                  where p.id = placement and p.citizen_id = citizen and p.state = 'agreed')
$$;
create policy belongs on placements_ending as restrictive for insert
    with check (written_by_id = (select app_actor()) and (select app_keeps_partners())
                and placements_may_end(placement_id, citizen_id));

-- A placement ends with the reason written first, on a day that has come, and that day stands.
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
    if (new.state = 'ended' and old.state <> 'ended'
        and (new.ended_on > app_today() or not exists(select from placements_ending e where e.placement_id = new.id)))
       or (old.ended_on is not null and new.ended_on is distinct from old.ended_on)
    then
        raise insufficient_privilege using message = 'a placement ends on a day that has come, and with its reason';
    end if;
    return new;
end $$;

-- The company reads of a placement that has ended for twelve weeks more, and of the person's card no longer than that.
create function placements_past_proposals() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select p.proposal_id from placements_placement p
        where p.company_id = any((select app_companies())::uuid[])
          and p.state = 'ended' and p.ended_on + 84 < app_today())
$$;
create or replace function app_table_proposals() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        (select c.proposal_id from matching_card c
         where c.company_id = any((select app_companies())::uuid[])
           and c.withdrawn_at is null and c.from_on <= app_today() and c.until_on >= app_today()
         union
         select p.proposal_id from placements_placement p
         where p.company_id = any((select app_companies())::uuid[]) and p.state in ('agreed', 'ended'))
        except select unnest((select placements_past_proposals())::uuid[]))
$$;
create policy not_after_the_job on matching_card as restrictive for select
    using (not company_id in (select unnest(app_companies()))
           or not proposal_id in (select unnest(placements_past_proposals())));
