-- Proposals whose table the actor's company sits at: a card holds today, or the agreement has been signed by all three.
create function app_table_proposals() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(
        select c.proposal_id from matching_card c
        where c.company_id = any((select app_companies())::uuid[])
          and c.withdrawn_at is null and c.from_on <= app_today() and c.until_on >= app_today()
        union
        select p.proposal_id from placements_placement p
        where p.company_id = any((select app_companies())::uuid[]) and p.state in ('agreed', 'ended'))
$$;
create function app_table_introductions() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select i.id from placements_introduction i where i.proposal_id = any((select app_table_proposals())::uuid[]))
$$;
create function app_table_placements() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select p.id from placements_placement p where p.proposal_id = any((select app_table_proposals())::uuid[]))
$$;
create function app_table_versions() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select v.id from placements_agreementversion v
                 where v.placement_id = any((select app_table_placements())::uuid[]))
$$;
create policy table_of on placements_introduction for select
    using (company_id in (select unnest(app_companies())) and proposal_id in (select unnest(app_table_proposals())));
create policy table_of on placements_arrangement for select
    using (company_id in (select unnest(app_companies())) and proposal_id in (select unnest(app_table_proposals())) and is_on_card);
create policy table_of on placements_placement for select
    using (company_id in (select unnest(app_companies())) and proposal_id in (select unnest(app_table_proposals())));
create policy table_of on placements_participant for select
    using (company_id in (select unnest(app_companies())) and introduction_id in (select unnest(app_table_introductions())));
create policy table_of on placements_said for select
    using (company_id in (select unnest(app_companies())) and introduction_id in (select unnest(app_table_introductions())));
create policy table_of on placements_agreementversion for select
    using (company_id in (select unnest(app_companies())) and placement_id in (select unnest(app_table_placements())));
create policy table_of on placements_signature for select
    using (company_id in (select unnest(app_companies())) and version_id in (select unnest(app_table_versions())));

-- The company says its own words and signs for itself, at its own table.
create policy own_words on placements_said for insert
    with check (party = 'employer' and company_id in (select unnest(app_companies()))
                and introduction_id in (select unnest(app_table_introductions())));
create policy own_hand on placements_signature for insert
    with check (party = 'employer' and on_behalf = '' and company_id in (select unnest(app_companies()))
                and version_id in (select unnest(app_table_versions())));

-- What hangs together is of one citizen and one company, in one's own name; only the citizen speaks and signs as the
-- citizen, unless somebody of the municipality does it for them and says why.
create function app_is_introduction_of(introduction uuid, citizen uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_introduction i
                  where i.id = introduction and i.citizen_id = citizen and i.company_id = company)
$$;
create function app_is_placement_of(placement uuid, citizen uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_placement p
                  where p.id = placement and p.citizen_id = citizen and p.company_id = company)
$$;
create function app_is_version_of(version uuid, citizen uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from placements_agreementversion v
                  where v.id = version and v.citizen_id = citizen and v.company_id = company)
$$;
create function app_is_card_of(card uuid, proposal uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from matching_card c where c.id = card and c.proposal_id = proposal and c.withdrawn_at is null)
$$;
create policy belongs on placements_introduction as restrictive for insert
    with check (made_by_id = (select app_actor()) and (select app_keeps_partners())
                and app_is_proposal_of(proposal_id, citizen_id, company_id) and app_is_card_of(card_id, proposal_id));
create policy staff_change on placements_introduction as restrictive for update
    with check ((select app_keeps_partners()));
create policy belongs on placements_participant as restrictive for insert
    with check ((select app_keeps_partners()) and app_is_introduction_of(introduction_id, citizen_id, company_id));
create policy staff_change on placements_participant as restrictive for update
    with check ((select app_keeps_partners()));
create policy belongs on placements_said as restrictive for insert
    with check (written_by_id = (select app_actor()) and app_is_introduction_of(introduction_id, citizen_id, company_id)
                and (citizen_id is distinct from (select app_self()) or party = 'citizen'));
create policy belongs on placements_arrangement as restrictive for insert
    with check (changed_by_id = (select app_actor()) and (select app_keeps_partners())
                and app_is_proposal_of(proposal_id, citizen_id, company_id));
create policy staff_change on placements_arrangement as restrictive for update
    with check (changed_by_id = (select app_actor()) and (select app_keeps_partners()));
create policy belongs on placements_placement as restrictive for insert
    with check (made_by_id = (select app_actor()) and (select app_keeps_partners())
                and app_is_proposal_of(proposal_id, citizen_id, company_id));
create policy belongs on placements_agreementversion as restrictive for insert
    with check (written_by_id = (select app_actor()) and (select app_keeps_partners())
                and app_is_placement_of(placement_id, citizen_id, company_id));
create policy belongs on placements_signature as restrictive for insert
    with check (signed_by_id = (select app_actor()) and app_is_version_of(version_id, citizen_id, company_id)
                and case
                    when citizen_id = (select app_self()) then party = 'citizen' and on_behalf = ''
                    when (select app_keeps_partners()) then (party = 'municipality') = (on_behalf = '')
                    else party = 'employer' and on_behalf = ''
                end);

-- With the third signature under the newest wording the placement is agreed, whoever signs last.
create function placement_is_agreed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
    wording placements_agreementversion;
begin
    select * into wording from placements_agreementversion where id = new.version_id;
    perform from placements_placement where id = wording.placement_id for update;
    if (select count(*) from placements_signature s where s.version_id = new.version_id) = 3
       and wording.number = (select max(number) from placements_agreementversion where placement_id = wording.placement_id)
    then
        update placements_placement set state = 'agreed', state_on = app_today(), starts_on = case
            when state = 'agreed' then starts_on else wording.starts_on end
        where id = wording.placement_id and state in ('agreeing', 'agreed');
    end if;
    return null;
end $$;
create trigger agreed after insert on placements_signature for each row execute function placement_is_agreed();
