-- A consent that is taken back takes its card with it, whichever page it was taken back on.
create function card_ends_with_consent() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    -- The worker has no account: then the card keeps who gave it, and the history who acted.
    update matching_card set withdrawn_at = new.withdrawn_at,
        withdrawn_by_id = coalesce((select u.id from accounts_user u where u.id = app_actor()), given_by_id)
    where consent_id = new.id and withdrawn_at is null;
    return null;
end $$;
revoke all on function card_ends_with_consent() from public;
create trigger ends_card after update of withdrawn_at on citizens_consent for each row
    when (old.withdrawn_at is null and new.withdrawn_at is not null) execute function card_ends_with_consent();

-- When a proposal is declined there is nothing left to show a card for.
create function consent_ends_with_proposal() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    update citizens_consent set withdrawn_at = now()
    where withdrawn_at is null
        and id in (select c.consent_id from matching_card c where c.proposal_id = new.id and c.withdrawn_at is null);
    return null;
end $$;
revoke all on function consent_ends_with_proposal() from public;
create trigger ends_cards after update of state on matching_proposal for each row
    when (new.state = 'declined' and old.state <> 'declined') execute function consent_ends_with_proposal();

-- A card holds a year at most and rests on a consent that stands.
create function app_consent_stands(consent uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from citizens_consent c where c.id = consent and c.withdrawn_at is null)
$$;
create policy within_a_year on matching_card as restrictive for insert
    with check (until_on <= from_on + interval '12 months' and app_consent_stands(consent_id));

-- When the company has opened a card: for the citizen and those around them. A look names its card as its criterion.
create function app_card_looks(card uuid) returns table(looked_at timestamptz, kind text) language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
    select l.at, l.kind from matching_card c join audit_look l on l.citizen_ids @> array[c.citizen_id]
    where c.id = card and c.citizen_id in (select unnest(app_citizens())) and l.at >= c.given_at - interval '1 day'
        and l.purpose = 'card' and l.outcome = 'shown' and l.criterion = uuid_send(card)
$$;
