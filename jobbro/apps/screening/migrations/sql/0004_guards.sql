-- Key persons read; citizens speak for themselves alone; everybody answers in their own name.
create function app_holds_dialogues() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select app_self() is not null or app_has_role(array['team_lead', 'caseworker', 'job_broker'])
$$;
create policy speakers on screening_dialogue as restrictive for insert with check ((select app_holds_dialogues()));
create policy speakers_change on screening_dialogue as restrictive for update with check ((select app_holds_dialogues()));
create policy own_name on screening_answer as restrictive for insert
    with check ((select app_holds_dialogues()) and answered_by_id = (select app_actor())
                and (said_by = 'citizen' or citizen_id is distinct from (select app_self())));
create policy speakers on screening_agreement as restrictive for insert
    with check ((select app_holds_dialogues())
                and (staff_agreed_by_id is null or citizen_id is distinct from (select app_self())));
create policy speakers_change on screening_agreement as restrictive for update with check ((select app_holds_dialogues()));
create policy speakers_end on screening_agreement as restrictive for delete using ((select app_holds_dialogues()));
