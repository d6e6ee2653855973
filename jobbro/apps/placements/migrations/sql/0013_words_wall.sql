-- The words are the citizen's and the circle's: no policy lets a company at them. Staff write them, about what is theirs.
create policy belongs on placements_onboardingplanwords as restrictive for insert
    with check ((select app_keeps_partners()) and exists(
        select from placements_onboardingplan p
        where p.id = plan_id and p.citizen_id = placements_onboardingplanwords.citizen_id));
create policy staff_change on placements_onboardingplanwords as restrictive for update
    using ((select app_keeps_partners())) with check ((select app_keeps_partners()));
create policy belongs on placements_onboardingtaskwords as restrictive for insert
    with check ((select app_keeps_partners()) and exists(
        select from placements_onboardingtask t
        where t.id = task_id and t.citizen_id = placements_onboardingtaskwords.citizen_id));
create policy staff_change on placements_onboardingtaskwords as restrictive for update
    using ((select app_keeps_partners())) with check ((select app_keeps_partners()));

-- Why it is dropped is written first.
create function placements_dropped_has_reason() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not exists(select from placements_onboardingtaskwords w where w.task_id = new.id and w.dropped_reason <> '') then
        raise check_violation using message = 'a task is dropped with a reason';
    end if;
    return new;
end $$;
revoke all on function placements_dropped_has_reason() from public;
create trigger dropped_has_reason before update of dropped_on on placements_onboardingtask for each row
    when (new.dropped_on is not null and old.dropped_on is null) execute function placements_dropped_has_reason();

-- As before, without the columns that stand elsewhere now; a reason holds for the words of its own moment.
create or replace function placements_task_stands() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
    if not row_security_active('placements_onboardingtask') or (select app_keeps_partners()) then
        return new;
    end if;
    if (new.owner = 'citizen') <> (new.citizen_id is not distinct from (select app_self()))
       or (new.title, new.step, new.owner, new.who, new.due_on, new.is_for_company, new.dropped_on)
          is distinct from
          (old.title, old.step, old.owner, old.who, old.due_on, old.is_for_company, old.dropped_on)
    then
        raise insufficient_privilege using message = 'permission denied: a task is ticked by whose it is';
    end if;
    return new;
end $$;
create or replace function placements_briefing_is_theirs() returns trigger language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
    is_self boolean := new.citizen_id is not distinct from (select app_self());
begin
    if not row_security_active('placements_onboardingplan') then
        return new;
    end if;
    if (tg_op = 'INSERT' and new.briefing <> '')
       or (tg_op = 'UPDATE' and (new.briefing, new.briefing_by_id, new.briefing_at)
            is distinct from (old.briefing, old.briefing_by_id, old.briefing_at)
           and (new.briefing_by_id is distinct from (select app_actor())
                or new.briefing_at is not distinct from old.briefing_at
                or not is_self and not exists(
                    select from placements_onboardingplanwords w
                    where w.plan_id = new.id and w.briefing_on_behalf <> '' and w.briefing_at = new.briefing_at)))
       or (tg_op = 'UPDATE' and is_self
           and (new.starts_on, new.mentor) is distinct from (old.starts_on, old.mentor))
    then
        raise insufficient_privilege using message = 'permission denied: these words are the citizen''s';
    end if;
    return new;
end $$;
