-- One's own question is read as long as one works where it was asked: who has moved to another municipality has left it.
drop policy need_to_know on key_persons_question;
drop policy moved on key_persons_question;
create policy need_to_know on key_persons_question for select
    using ((asker_id = (select app_actor()) and unit_id = any((select key_persons_near_units())::uuid[]))
           or unit_id = any((select key_persons_units())::uuid[])
           or team_id = any((select key_persons_teams())::uuid[])
           or unit_id = any((select app_led_units())::uuid[]));
create policy moved on key_persons_question for update
    using ((asker_id = (select app_actor()) and unit_id = any((select key_persons_near_units())::uuid[]))
           or unit_id = any((select key_persons_units())::uuid[])
           or team_id = any((select key_persons_teams())::uuid[])
           or unit_id = any((select app_led_units())::uuid[]))
    with check ((select key_persons_is_staff()));
-- An invitation names somebody whom the asker could ask.
create function key_persons_could_ask(question uuid, account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from key_persons_question q where q.id = question and q.asker_id = app_actor()
                    and account <> q.asker_id and key_persons_can_get(account, q.unit_id))
$$;
create policy whom_one_asks on key_persons_invitation as restrictive for insert
    with check (key_persons_could_ask(question_id, user_id));
