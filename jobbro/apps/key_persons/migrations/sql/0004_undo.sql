drop policy whom_one_asks on key_persons_invitation;
drop function key_persons_could_ask(uuid, uuid);
drop policy need_to_know on key_persons_question;
drop policy moved on key_persons_question;
create policy need_to_know on key_persons_question for select
    using ((asker_id = (select app_actor()) and (select key_persons_is_staff()))
           or unit_id = any((select key_persons_units())::uuid[])
           or team_id = any((select key_persons_teams())::uuid[])
           or unit_id = any((select app_led_units())::uuid[]));
create policy moved on key_persons_question for update
    using ((asker_id = (select app_actor()) and (select key_persons_is_staff()))
           or unit_id = any((select key_persons_units())::uuid[])
           or team_id = any((select key_persons_teams())::uuid[])
           or unit_id = any((select app_led_units())::uuid[]))
    with check ((select key_persons_is_staff()));
