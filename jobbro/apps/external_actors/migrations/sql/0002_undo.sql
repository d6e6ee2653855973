drop function external_looks(uuid);
drop function external_entrance();
drop function external_contact(uuid);
drop policy belongs on external_actors_engagemententry;
drop policy belongs on external_actors_engagementapproval;
drop policy belongs on external_actors_engagementperson;
drop policy earned on external_actors_engagement;
drop policy begins on external_actors_engagement;
drop function external_is_person_for(uuid, uuid, uuid), external_is_consent_of(uuid, uuid), external_is_approved(uuid),
    external_is_proposed(uuid, uuid), external_is_engagement_of(uuid, uuid),
    external_is_agreed(uuid, uuid, date, date, text);
drop policy own_words on external_actors_engagemententry;
drop policy named on external_actors_engagemententry;
drop policy named on external_actors_engagement;
drop policy externals_seen on accounts_user;
drop policy employees_by_administrators on accounts_user;
create policy employees_by_administrators on accounts_user as restrictive for insert
    with check (kind in ('citizen', 'employer') or (select app_has_role(array['administrator'])));
drop policy externals on accounts_user;
drop trigger history on external_actors_externalperson;
drop policy change on external_actors_externalperson;
drop policy keeping on external_actors_externalperson;
drop policy need_to_know on external_actors_externalperson;
alter table external_actors_externalperson disable row level security;
drop trigger history on external_actors_externalagreement;
drop policy change on external_actors_externalagreement;
drop policy keeping on external_actors_externalagreement;
drop policy need_to_know on external_actors_externalagreement;
alter table external_actors_externalagreement disable row level security;
drop trigger history on external_actors_externalactor;
drop policy change on external_actors_externalactor;
drop policy keeping on external_actors_externalactor;
drop policy need_to_know on external_actors_externalactor;
alter table external_actors_externalactor disable row level security;
drop function external_my_name(), external_is_account(uuid), external_accounts(), external_persons_around(),
    external_actors_around(), external_partner_actors(), external_engagements(), external_codes(), external_own_actors(),
    external_persons();
