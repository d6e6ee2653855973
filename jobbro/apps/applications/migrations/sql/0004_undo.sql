drop trigger stands on applications_application;
drop function application_stands();
drop policy same_citizen on applications_negotiation;
drop policy same_citizen on applications_claim;
drop policy same_citizen on applications_document;
drop policy same_citizen on applications_decision;
drop function app_is_vacancy_of(uuid, uuid);
drop function app_is_application_of(uuid, uuid);
