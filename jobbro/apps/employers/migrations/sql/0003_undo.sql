drop function app_is_account_at(uuid, text);
drop function app_last_entrance();
