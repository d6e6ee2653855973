-- What was written so far goes to the tables that no company reads.
set constraints all immediate;
insert into placements_onboardingplanwords (id, citizen_id, plan_id, start_note, briefing_on_behalf, briefing_at)
select id, citizen_id, id, start_note, briefing_on_behalf, briefing_at from placements_onboardingplan
where start_note <> '' or briefing_on_behalf <> '';
insert into placements_onboardingtaskwords (id, citizen_id, task_id, done_note, dropped_reason)
select id, citizen_id, id, done_note, dropped_reason from placements_onboardingtask
where done_note <> '' or dropped_reason <> '';
set constraints all deferred;
