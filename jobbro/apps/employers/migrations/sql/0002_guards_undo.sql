drop policy same_company on employers_contactperson;
drop policy same_company_change on employers_contactperson;
drop policy own_name on employers_talk;
drop policy own_name on employers_yearlytalk;
drop policy own_name on employers_partneragreement;
drop policy own_name on employers_promise;
drop policy same_company on employers_recruitmentneed;
drop policy same_company_change on employers_recruitmentneed;
