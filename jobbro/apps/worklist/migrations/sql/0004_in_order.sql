-- Where a source compares nearly every course with nearly every row of another table, both are read from an index in the
-- same order and laid beside each other: no table of 50,000 is built in memory for it. They belong to the worklist, as
-- those of 0003. The first two also answer whose citizens somebody sees.
create index worklist_citizen on cases_case (citizen_id) include (id, state, team_id, opened_on, last_step_on);
create index worklist_person on citizens_citizen (id) include (municipality_id, user_id);
create index worklist_course on cases_case (id) include (citizen_id, state, last_step_on);
create index worklist_dialogue on screening_dialogue (citizen_id) include (id, setting, started_at) where state = 'open';
create index worklist_finished on screening_dialogue (id) include (citizen_id, finished_at, started_at) where state = 'finished';
create index worklist_agreement on screening_agreement (dialogue_id) include (citizen_agreed_at, staff_agreed_at);
create index worklist_agreed on screening_agreement (citizen_id) include (id, citizen_agreed_at, staff_agreed_at)
    where citizen_agreed_at is not null and staff_agreed_at is not null;
create index worklist_plan on plans_plan (id) where state = 'agreed';
