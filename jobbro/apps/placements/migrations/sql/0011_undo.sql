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
drop trigger done_in_plan on placements_arrangement;
drop function placements_arranged_is_done();
drop trigger arranged on placements_onboardingtask;
drop function placements_task_is_arranged();
drop trigger theirs on placements_onboardingplan;
drop function placements_briefing_is_theirs();
drop trigger stands on placements_onboardingtask;
drop function placements_task_stands();
drop policy only_shown_change on placements_onboardingtask;
drop policy only_shown on placements_onboardingtask;
drop policy own_tick on placements_onboardingtask;
drop policy table_of on placements_onboardingtask;
drop policy table_of on placements_onboardingplan;
drop policy own_name on placements_onboardingtask;
drop policy belongs on placements_onboardingtask;
drop policy belongs on placements_onboardingplan;
