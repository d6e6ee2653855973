drop policy table_of on placements_arrangement;
create policy table_of on placements_arrangement for select
    using (company_id in (select unnest(app_companies())) and proposal_id in (select unnest(app_table_proposals())) and is_on_card);
drop function app_is_support_shown(uuid, text);
drop policy shown_words on placements_signature;
drop function app_is_wording_shown(uuid);
drop policy noted on placements_signature;
drop policy noted on placements_said;
