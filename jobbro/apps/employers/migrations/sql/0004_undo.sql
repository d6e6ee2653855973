drop policy logins_change on employers_contactperson;
drop policy logins on employers_contactperson;
drop policy holders_change on employers_company;
drop policy holders on employers_company;
drop function app_is_account_for(uuid), app_is_contact_as(uuid, uuid, boolean), app_is_held_by(uuid, uuid, uuid), app_works_in(uuid, uuid),
    app_holds_company(uuid);
