-- What hangs on a workplace is of the same company: a foreign key looks past the wall and would let it hang on anybody's.
create policy same_company on employers_contactperson as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id) and app_is_employer_account(user_id));
create policy same_company_change on employers_contactperson as restrictive for update
    with check (app_is_workplace_of(workplace_id, company_id) and app_is_employer_account(user_id));
create policy own_name on employers_talk as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id) and written_by_id = (select app_actor()));
create policy own_name on employers_yearlytalk as restrictive for insert with check (written_by_id = (select app_actor()));
create policy own_name on employers_partneragreement as restrictive for insert with check (written_by_id = (select app_actor()));
create policy own_name on employers_promise as restrictive for insert with check (written_by_id = (select app_actor()));
create policy same_company on employers_recruitmentneed as restrictive for insert
    with check (app_is_workplace_of(workplace_id, company_id));
create policy same_company_change on employers_recruitmentneed as restrictive for update
    with check (app_is_workplace_of(workplace_id, company_id));
