-- Who somebody outside the municipality is today: their account, their own days and those of the organisation stand.
create function external_persons() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select p.id from external_actors_externalperson p
                 join external_actors_externalactor a on a.id = p.external_actor_id
                 join accounts_user u on u.id = p.user_id
                 where p.user_id = app_actor() and u.is_active and u.kind = 'external'
                   and app_today() between p.from_on and p.until_on
                   and app_today() between a.from_on and coalesce(a.until_on, 'infinity'))
$$;
create function external_own_actors() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct p.external_actor_id from external_actors_externalperson p
                 where p.id = any((select external_persons())::uuid[]))
$$;
-- Their municipality stands as the sender of every page, also after their last day.
create function external_codes() returns text[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct a.municipality_id::text from external_actors_externalperson p
                 join external_actors_externalactor a on a.id = p.external_actor_id where p.user_id = app_actor())
$$;
-- The engagements that somebody outside reads: named on them, approved, not taken back, in their days and the agreement's.
create function external_engagements() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select e.id from external_actors_engagement e
                 join external_actors_engagementperson n on n.engagement_id = e.id
                 join external_actors_externalagreement g on g.id = e.agreement_id
                 join external_actors_engagementapproval a on a.engagement_id = e.id
                 join citizens_consent c on c.id = a.consent_id
                 where n.external_person_id = any((select external_persons())::uuid[])
                   and app_today() between n.from_on and coalesce(n.until_on, 'infinity')
                   and e.external_actor_id = any((select external_own_actors())::uuid[])
                   and e.state = 'approved' and app_today() between e.from_on and e.until_on
                   and app_today() between g.from_on and g.until_on and g.data_agreement_on <= app_today()
                   and c.withdrawn_at is null)
$$;

-- Partners of the actor's municipalities, for staff who work with people, advise or administer.
create function external_partner_actors() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select id from external_actors_externalactor
                 where municipality_id = any((select app_municipalities())::text[])
                   and (select app_has_role(array['team_lead', 'caseworker', 'job_broker', 'key_person', 'administrator'])))
$$;
-- Whoever reads about a citizen reads the name of the organisation and of its people on the citizen's engagements.
create function external_actors_around() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct e.external_actor_id from external_actors_engagement e
                 where e.citizen_id = (select app_self()))
$$;
create function external_persons_around() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select distinct n.external_person_id from external_actors_engagementperson n
                 where n.citizen_id = (select app_self()))
$$;
create function external_accounts() returns uuid[] language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select array(select p.user_id from external_actors_externalperson p
                 where p.external_actor_id = any((select external_partner_actors())::uuid[]))
$$;
create function external_is_account(account uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from accounts_user u where u.id = account and u.kind = 'external')
$$;
create function external_my_name() returns text language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$ select display_name::text from accounts_user where id = app_actor() $$;

-- Organisations, agreements and people: kept by those who work with citizens, read by the municipality's staff and,
-- each their own, by the people of the organisation.
alter table external_actors_externalactor enable row level security;
create policy need_to_know on external_actors_externalactor for select using (
    id in (select unnest(external_partner_actors())) or id in (select unnest(external_own_actors()))
    or id in (select unnest(external_actors_around())));
create policy keeping on external_actors_externalactor for insert with check (
    municipality_id = any((select app_municipalities())::text[]) and (select app_keeps_partners())
    and created_by_id = (select app_actor()));
create policy change on external_actors_externalactor for update
    using (id in (select unnest(external_partner_actors()))) with check ((select app_keeps_partners()));
create trigger history after insert or update or delete on external_actors_externalactor
    for each row execute function history_row();

alter table external_actors_externalagreement enable row level security;
create policy need_to_know on external_actors_externalagreement for select using (
    external_actor_id in (select unnest(external_partner_actors()))
    or external_actor_id in (select unnest(external_own_actors())));
create policy keeping on external_actors_externalagreement for insert with check (
    external_actor_id in (select unnest(external_partner_actors())) and (select app_keeps_partners())
    and written_by_id = (select app_actor()));
create policy change on external_actors_externalagreement for update
    using (external_actor_id in (select unnest(external_partner_actors()))) with check ((select app_keeps_partners()));
create trigger history after insert or update or delete on external_actors_externalagreement
    for each row execute function history_row();

alter table external_actors_externalperson enable row level security;
create policy need_to_know on external_actors_externalperson for select using (
    external_actor_id in (select unnest(external_partner_actors())) or id in (select unnest(external_persons()))
    or id in (select unnest(external_persons_around())));
create policy keeping on external_actors_externalperson for insert with check (
    external_actor_id in (select unnest(external_partner_actors())) and (select app_keeps_partners())
    and added_by_id = (select app_actor()) and external_is_account(user_id));
create policy change on external_actors_externalperson for update
    using (external_actor_id in (select unnest(external_partner_actors())))
    with check ((select app_keeps_partners()) and external_is_account(user_id));
create trigger history after insert or update or delete on external_actors_externalperson
    for each row execute function history_row();

-- Their accounts: made by those who keep the cooperation, seen by the municipality's staff.
create policy externals on accounts_user for insert with check (kind = 'external' and (select app_keeps_partners()));
drop policy employees_by_administrators on accounts_user;
create policy employees_by_administrators on accounts_user as restrictive for insert
    with check (kind in ('citizen', 'employer', 'external') or (select app_has_role(array['administrator'])));
create policy externals_seen on accounts_user for select using (id = any((select external_accounts())::uuid[]));

-- What somebody outside reads of a person: the engagement and its entries, while it holds, and nothing else.
create policy named on external_actors_engagement for select using (id in (select unnest(external_engagements())));
create policy named on external_actors_engagemententry for select
    using (engagement_id in (select unnest(external_engagements())));
create policy own_words on external_actors_engagemententry for insert
    with check (party = 'partner' and engagement_id in (select unnest(external_engagements())));

-- What hangs together is of one citizen, one organisation and one agreement that lets persons be named.
create function external_is_agreed(actor uuid, agreement uuid, first_on date, last_on date, theme text) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from external_actors_externalagreement g
                  where g.id = agreement and g.external_actor_id = actor and g.data_agreement_on is not null
                    and first_on >= g.from_on and last_on <= g.until_on and theme = any(g.themes))
$$;
create function external_is_engagement_of(engagement uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from external_actors_engagement e where e.id = engagement and e.citizen_id = citizen)
$$;
create function external_is_proposed(engagement uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from external_actors_engagement e
                  where e.id = engagement and e.citizen_id = citizen and e.state = 'proposed')
$$;
create function external_is_approved(engagement uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from external_actors_engagementapproval a where a.engagement_id = engagement)
$$;
create function external_is_consent_of(consent uuid, citizen uuid) returns boolean language sql stable security definer
set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from citizens_consent c where c.id = consent and c.citizen_id = citizen
                    and c.purpose = 'external_actor' and c.withdrawn_at is null)
$$;
create function external_is_person_for(person uuid, engagement uuid, citizen uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists(select from external_actors_externalperson p
                  join external_actors_engagement e on e.external_actor_id = p.external_actor_id
                  where p.id = person and e.id = engagement and e.citizen_id = citizen)
$$;
create policy begins on external_actors_engagement as restrictive for insert
    with check (made_by_id = (select app_actor()) and (select app_keeps_partners()) and state = 'proposed'
                and external_is_agreed(external_actor_id, agreement_id, from_on, until_on, theme));
-- Only the yes of the citizen, or one written down for them with a reason, makes it agreed.
create policy earned on external_actors_engagement as restrictive for update
    with check (state not in ('approved', 'ended') or external_is_approved(id));
create policy belongs on external_actors_engagementperson as restrictive for insert
    with check ((select app_keeps_partners()) and external_is_person_for(external_person_id, engagement_id, citizen_id));
create policy belongs on external_actors_engagementapproval as restrictive for insert
    with check (approved_by_id = (select app_actor()) and external_is_proposed(engagement_id, citizen_id)
                and external_is_consent_of(consent_id, citizen_id)
                and (on_behalf = '') = (citizen_id is not distinct from (select app_self())));
create policy belongs on external_actors_engagemententry as restrictive for insert
    with check (written_by_id = (select app_actor()) and written_name = (select external_my_name())
                and external_is_engagement_of(engagement_id, citizen_id)
                and case when citizen_id = (select app_self()) then party = 'citizen'
                         else (select app_keeps_partners()) or party = 'partner' end);

-- Whom somebody outside rings: the contact person around the citizen, or the unit.
create function external_contact(engagement uuid) returns table (name text, phone text, unit text, unit_phone text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select w.display_name, w.phone, u.name, u.phone
    from external_actors_engagement e
    join cases_case k on k.citizen_id = e.citizen_id
    join organisations_team t on t.id = k.team_id
    join organisations_unit u on u.id = t.unit_id
    left join lateral (
        select m.user_id from cases_casemember m where m.case_id = k.id and m.role = 'lead'
           and app_today() between m.from_on and coalesce(m.until_on, 'infinity') order by m.from_on desc limit 1) lead on true
    left join accounts_user w on w.id = coalesce(lead.user_id, e.made_by_id)
    where e.id = engagement and e.id = any((select external_engagements())::uuid[])
$$;
-- Whom somebody rings whose time is over: the organisation's name and the municipality's number, nothing more.
create function external_entrance()
returns table (partner text, until_on date, municipality text, phone text, keeper text, keeper_phone text)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select a.name, least(p.until_on, a.until_on), m.name, m.phone, u.display_name, u.phone
    from external_actors_externalperson p
    join external_actors_externalactor a on a.id = p.external_actor_id
    join organisations_municipality m on m.code = a.municipality_id
    join accounts_user u on u.id = a.keeper_id
    where p.user_id = app_actor() limit 1
$$;
-- When the organisation has looked: for the citizen and those around them. A look at one engagement names it.
create function external_looks(engagement uuid) returns table (looked_at timestamptz) language sql stable
security definer set search_path = pg_catalog, public, pg_temp as $$
    select l.at from external_actors_engagement e join audit_look l on l.citizen_ids @> array[e.citizen_id]
    where e.id = engagement and e.citizen_id in (select unnest(app_citizens())) and l.at >= e.made_at - interval '1 day'
        and l.purpose = 'engagement' and l.outcome = 'shown' and l.criterion = uuid_send(engagement)
$$;
