-- The worker that lists jobs at night reads what is known under an id, and writes the lists. It sees no name.
create function app_lists_jobs() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(app_actor() = '00000000-0000-7000-8000-000000000001', false)
$$;
create policy night on matching_personfile for select using ((select app_lists_jobs()));
create policy writers on matching_personfile as restrictive for insert
    with check ((select app_has_role(array['team_lead', 'caseworker', 'job_broker'])));
create policy writers_change on matching_personfile as restrictive for update
    with check ((select app_has_role(array['team_lead', 'caseworker', 'job_broker'])));

-- A list can be made again from files and openings at any time: it keeps no history.
alter table matching_joblist enable row level security;
create policy need_to_know on matching_joblist for select using (citizen_id in (select unnest(app_citizens())));
create policy night on matching_joblist using ((select app_lists_jobs())) with check ((select app_lists_jobs()));

alter table matching_matchrun enable row level security;
create policy staff on matching_matchrun for select
    using ((select app_lists_jobs()) or exists(select from app_positions()) or (select app_self()) is not null);
create policy night on matching_matchrun using ((select app_lists_jobs())) with check ((select app_lists_jobs()));
create policy asked on matching_matchrun for insert
    with check (state = 'waiting' and asked_by_id = (select app_actor())
                and (select app_has_role(array['team_lead', 'administrator'])));
create policy stopped on matching_matchrun for update
    using ((select app_has_role(array['team_lead', 'administrator'])))
    with check ((select app_has_role(array['team_lead', 'administrator'])));

-- A proposal is of one citizen and one opening's company, picked in one's own name.
create function app_is_opening_of(opening uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from jobs_opening o where o.id = opening and o.company_id = company)
$$;
create function app_is_proposal_of(proposal uuid, citizen uuid, company uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from matching_proposal p
                  where p.id = proposal and p.citizen_id = citizen and (company is null or p.company_id = company))
$$;
create policy own_name on matching_proposal as restrictive for insert
    with check (picked_by_id = (select app_actor()) and app_is_opening_of(opening_id, company_id)
                and (picked_side = 'citizen') = (citizen_id is not distinct from (select app_self())));
create policy own_name on matching_proposalstep as restrictive for insert
    with check (made_by_id = (select app_actor()) and app_is_proposal_of(proposal_id, citizen_id, null));

-- What somebody proposed to the citizen stays readable to them when the job is no longer open.
create function app_proposed_openings() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select p.opening_id from matching_proposal p where p.citizen_id = (select app_self()))
$$;
create policy proposed on jobs_opening for select using (id in (select unnest(app_proposed_openings())));
-- And to those around them, when the opening is another municipality's.
create function app_staff_proposed_openings() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select p.opening_id from matching_proposal p
                 where exists(select from app_positions()) and p.citizen_id in (select unnest(app_citizens())))
$$;
create policy proposed_by_us on jobs_opening for select using (id in (select unnest(app_staff_proposed_openings())));

-- A card: the citizen's own act, or with a reason on their behalf; the company sees it while it holds.
create function app_is_consent_of(consent uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from citizens_consent c
                  where c.id = consent and c.citizen_id = citizen and c.purpose = 'employer_card')
$$;
create policy own_act on matching_card as restrictive for insert
    with check (given_by_id = (select app_actor()) and withdrawn_at is null
                and app_is_proposal_of(proposal_id, citizen_id, company_id) and app_is_consent_of(consent_id, citizen_id)
                and (on_behalf = '') = (citizen_id is not distinct from (select app_self())));
create policy shown on matching_card for select
    using (company_id in (select unnest(app_companies()))
           and withdrawn_at is null and from_on <= (select app_today()) and until_on >= (select app_today()));
