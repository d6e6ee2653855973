drop trigger history on accounts_user;
drop trigger history on organisations_unitmunicipality;
drop trigger history on organisations_team;
drop trigger history on organisations_unit;
drop trigger history on accounts_position;
drop policy administration_change on accounts_position;
drop policy administration on accounts_position;
drop policy colleagues on accounts_position;
drop policy own on accounts_position;
alter table accounts_position disable row level security;
drop policy administration_change on accounts_user;
drop policy administration on accounts_user;
drop policy colleagues on accounts_user;
drop policy own on accounts_user;
alter table accounts_user disable row level security;
drop function account_for_subject(text), account_for_login(text), app_colleagues(), app_led_units(),
    app_administered_units(), app_has_role(text[]), app_municipalities(), app_positions();
