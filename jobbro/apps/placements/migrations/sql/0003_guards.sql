-- Nobody sets a placement as agreed by hand: it begins as being agreed, and three signatures under the newest wording
-- make it agreed. Before that it can come to nothing; what was agreed can only end.
create policy begins on placements_placement as restrictive for insert
    with check (state = 'agreeing' and starts_on is null and ended_on is null);
create policy staff_change on placements_placement as restrictive for update
    using ((select app_keeps_partners())) with check ((select app_keeps_partners()));
create function placement_state_is_earned() returns trigger language plpgsql security definer
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
create trigger earned before update on placements_placement
    for each row execute function placement_state_is_earned();

-- What the company reads of support is what the citizen has shown on a card, whoever writes it.
create function app_shown_measures(proposal uuid) returns jsonb language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(jsonb_agg(distinct measure), '[]'::jsonb)
    from matching_card c, jsonb_array_elements(c.content -> 'measures') measure
    where c.proposal_id = proposal
$$;
create function app_proposal_of_placement(placement uuid) returns uuid language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select p.proposal_id from placements_placement p where p.id = placement
$$;
create policy only_shown on placements_arrangement as restrictive for insert
    with check (not is_on_card or app_shown_measures(proposal_id) ? measure);
create policy only_shown_change on placements_arrangement as restrictive for update
    with check (not is_on_card or app_shown_measures(proposal_id) ? measure);
create policy only_shown on placements_agreementversion as restrictive for insert
    with check (measures <@ app_shown_measures(app_proposal_of_placement(placement_id)));

-- The citizen stands at the table under the name of the card, and a signature is for the words that stand there.
create function app_card_name(card uuid) returns text language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select c.content ->> 'name' from matching_card c where c.id = card
$$;
create policy card_name on placements_introduction as restrictive for insert with check (name = app_card_name(card_id));
create function app_is_wording(version uuid, digest text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_agreementversion v where v.id = version and v.digest = app_is_wording.digest)
$$;
create policy same_words on placements_signature as restrictive for insert with check (app_is_wording(version_id, digest));

-- Seats of a planned meeting are laid anew by staff; nobody else takes one away.
create policy staff_delete on placements_participant as restrictive for delete using ((select app_keeps_partners()));
