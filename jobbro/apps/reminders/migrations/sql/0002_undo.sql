drop function reminders_address(uuid);
drop function reminders_staff(date);
drop policy worker on reminders_digest;
drop policy own on reminders_digest;
alter table reminders_digest disable row level security;
drop trigger history on reminders_mailchoice;
drop policy own on reminders_mailchoice;
alter table reminders_mailchoice disable row level security;
drop function app_is_worker();
