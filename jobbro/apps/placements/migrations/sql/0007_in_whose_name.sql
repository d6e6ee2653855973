-- Words and signatures of somebody else say who of the municipality wrote them down; one's own say nobody.
create policy noted on placements_said as restrictive for insert
    with check (case when citizen_id = (select app_self()) or not (select app_keeps_partners()) then noted_by = ''
                     else (party = 'municipality') = (noted_by = '') end);
create policy noted on placements_signature as restrictive for insert with check ((on_behalf = '') = (noted_by = ''));

-- Nobody is signed for under words that the company cannot read: else staff alone could give back to it what the
-- citizen has taken.
create function app_is_wording_shown(version uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(
        select from placements_agreementversion v join placements_placement p on p.id = v.placement_id
        where v.id = version and (p.state in ('agreed', 'ended') or exists(
            select from matching_card c
            where c.proposal_id = p.proposal_id and c.withdrawn_at is null
              and c.from_on <= app_today() and c.until_on >= app_today())))
$$;
create policy shown_words on placements_signature as restrictive for insert
    with check (on_behalf = '' or app_is_wording_shown(version_id));

-- Support that was arranged under an earlier card is the company's to read when it stands on the card of today, or
-- when all three have agreed.
create function app_is_support_shown(proposal uuid, measure text) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(
        select from matching_card c
        where c.proposal_id = proposal and c.withdrawn_at is null
          and c.from_on <= app_today() and c.until_on >= app_today() and c.content -> 'measures' ? measure)
    or exists(select from placements_placement p where p.proposal_id = proposal and p.state in ('agreed', 'ended'))
$$;
drop policy table_of on placements_arrangement;
create policy table_of on placements_arrangement for select
    using (company_id in (select unnest(app_companies())) and proposal_id in (select unnest(app_table_proposals()))
           and is_on_card and app_is_support_shown(proposal_id, measure));
