drop policy only_shown on placements_agreementversion;
create policy only_shown on placements_agreementversion as restrictive for insert
    with check (measures <@ app_shown_measures(app_proposal_of_placement(placement_id)));
