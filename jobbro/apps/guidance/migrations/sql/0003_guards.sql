-- Everybody tells in their own name. Citizens tell and never assess; judgements are made by those who assess, with a note.
create function app_assesses() returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select app_self() is null and app_has_role(array['team_lead', 'caseworker'])
$$;
create policy own_name on guidance_toldfact as restrictive for insert
    with check ((select app_holds_dialogues()) and told_by_id = (select app_actor())
                and (left(code, 9) <> 'assessed_' or (select app_assesses()))
                and (source = 'declared' or citizen_id is distinct from (select app_self())));
create policy tellers on guidance_knownfacts as restrictive for insert with check ((select app_holds_dialogues()));
create policy tellers_change on guidance_knownfacts as restrictive for update with check ((select app_holds_dialogues()));
create policy own_name on guidance_guidanceanswer as restrictive for insert
    with check ((select app_self()) is null and kept_by_id = (select app_actor())
                and (select app_has_role(array['team_lead', 'caseworker', 'job_broker'])));
