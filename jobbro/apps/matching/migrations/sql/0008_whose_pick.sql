-- A job is picked by the citizen or by those who work with citizens, and only one that whoever picks it may read: this
-- asks jobs_opening through its own wall. Before, a proposal of a job kept for somebody else opened that job.
create policy seen_job on matching_proposal as restrictive for insert
    with check (exists(select from jobs_opening o where o.id = matching_proposal.opening_id)
                and (citizen_id = (select app_self()) or (select app_keeps_partners())));
-- On their own a citizen says no; all other moves are made by those who work with citizens.
create policy own_moves on matching_proposal as restrictive for update
    with check ((select app_keeps_partners()) or (citizen_id = (select app_self()) and state = 'declined'));
create policy own_steps on matching_proposalstep as restrictive for insert
    with check (case when citizen_id = (select app_self()) then side = 'citizen' else (select app_keeps_partners()) end);
-- A card on behalf of somebody is given by those who work with citizens, not by whoever advises.
create policy own_or_work on matching_card as restrictive for insert
    with check (citizen_id = (select app_self()) or (select app_keeps_partners()));
