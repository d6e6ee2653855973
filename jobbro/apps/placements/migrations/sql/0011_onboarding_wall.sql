-- What hangs together is of one citizen and one company, written by staff in their own name.
create policy belongs on placements_onboardingplan as restrictive for insert
    with check (accepted_by_id = (select app_actor()) and (select app_keeps_partners())
                and app_is_placement_of(placement_id, citizen_id, company_id));
create policy belongs on placements_onboardingtask as restrictive for insert
    with check (changed_by_id = (select app_actor()) and (select app_keeps_partners())
                and app_is_placement_of(placement_id, citizen_id, company_id));
create policy own_name on placements_onboardingtask as restrictive for update
    with check (changed_by_id = (select app_actor()));

-- The company reads the plan of its own placements, and of the tasks those that are marked for it; it ticks its own.
create policy table_of on placements_onboardingplan for select
    using (company_id in (select unnest(app_companies())) and placement_id in (select unnest(app_table_placements())));
create policy table_of on placements_onboardingtask for select
    using (company_id in (select unnest(app_companies())) and placement_id in (select unnest(app_table_placements()))
           and is_for_company);
create policy own_tick on placements_onboardingtask for update
    using (company_id in (select unnest(app_companies())) and placement_id in (select unnest(app_table_placements()))
           and is_for_company and owner in ('employer', 'mentor') and dropped_on is null)
    with check (company_id in (select unnest(app_companies())) and is_for_company and owner in ('employer', 'mentor'));

-- A task about support is marked for the company only when the citizen has shown it the support.
create policy only_shown on placements_onboardingtask as restrictive for insert
    with check (not is_for_company or measure = ''
                or app_shown_measures(app_proposal_of_placement(placement_id)) ? measure);
create policy only_shown_change on placements_onboardingtask as restrictive for update
    with check (not is_for_company or measure = ''
                or app_shown_measures(app_proposal_of_placement(placement_id)) ? measure);

-- Whoever is not staff ticks their own tasks and changes nothing else.
create function placements_task_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('placements_onboardingtask') or (select app_keeps_partners()) then
        return new;
    end if;
    if (new.owner = 'citizen') <> (new.citizen_id is not distinct from (select app_self()))
       or (new.title, new.step, new.owner, new.who, new.due_on, new.is_for_company, new.dropped_on, new.dropped_reason)
          is distinct from
          (old.title, old.step, old.owner, old.who, old.due_on, old.is_for_company, old.dropped_on, old.dropped_reason)
    then
        raise insufficient_privilege using message = 'permission denied: a task is ticked by whose it is';
    end if;
    return new;
end $$;
create trigger stands before update on placements_onboardingtask
    for each row execute function placements_task_stands();

-- What colleagues are told are the citizen's words: approved by them, or by staff for them and then with a reason.
create function placements_briefing_is_theirs() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    is_self boolean := new.citizen_id is not distinct from (select app_self());
begin
    if not row_security_active('placements_onboardingplan') then
        return new;
    end if;
    if (tg_op = 'INSERT' and new.briefing <> '')
       or (tg_op = 'UPDATE' and (new.briefing, new.briefing_by_id, new.briefing_on_behalf, new.briefing_at)
            is distinct from (old.briefing, old.briefing_by_id, old.briefing_on_behalf, old.briefing_at)
           and (new.briefing_by_id is distinct from (select app_actor()) or is_self <> (new.briefing_on_behalf = '')))
       or (tg_op = 'UPDATE' and is_self
           and (new.starts_on, new.mentor, new.start_note) is distinct from (old.starts_on, old.mentor, old.start_note))
    then
        raise insufficient_privilege using message = 'permission denied: these words are the citizen''s';
    end if;
    return new;
end $$;
create trigger theirs before insert or update on placements_onboardingplan
    for each row execute function placements_briefing_is_theirs();

-- Support that is in place is so in the plan and at the table: one fact.
create function placements_task_is_arranged() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    update placements_arrangement set done_on = new.done_on
    where proposal_id = app_proposal_of_placement(new.placement_id) and measure = new.measure and done_on is null;
    return null;
end $$;
create trigger arranged after update of done_on on placements_onboardingtask for each row
    when (new.is_arranging and new.measure <> '' and new.done_on is not null and old.done_on is null)
    execute function placements_task_is_arranged();
create function placements_arranged_is_done() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    update placements_onboardingtask t set done_on = new.done_on, done_name = new.who, changed_at = now()
    from placements_placement p
    where p.proposal_id = new.proposal_id and t.placement_id = p.id and t.is_arranging and t.measure = new.measure
      and t.done_on is null and t.dropped_on is null;
    return null;
end $$;
create trigger done_in_plan after update of done_on on placements_arrangement for each row
    when (new.done_on is not null and old.done_on is null) execute function placements_arranged_is_done();

-- The first day moves with the plan: it was moved there, with its tasks, by somebody who saw what moves.
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
       or (old.starts_on is not null and new.starts_on is distinct from old.starts_on
           and not (old.state = 'agreed' and new.state = 'agreed' and new.starts_on is not null and exists(
               select from placements_onboardingplan p
               where p.placement_id = new.id and p.starts_on = new.starts_on)))
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
