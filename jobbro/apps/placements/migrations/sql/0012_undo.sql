set constraints all immediate;
alter table placements_onboardingplan disable trigger user;
alter table placements_onboardingtask disable trigger user;
update placements_onboardingplan p set start_note = w.start_note,
    briefing_on_behalf = case when w.briefing_at = p.briefing_at then w.briefing_on_behalf else '' end
from placements_onboardingplanwords w where w.plan_id = p.id;
update placements_onboardingtask t set done_note = w.done_note, dropped_reason = w.dropped_reason
from placements_onboardingtaskwords w where w.task_id = t.id;
alter table placements_onboardingplan enable trigger user;
alter table placements_onboardingtask enable trigger user;
set constraints all deferred;
