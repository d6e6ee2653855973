-- Support stands in a wording with its name; its codes are still those of a card.
drop policy only_shown on placements_agreementversion;
create policy only_shown on placements_agreementversion as restrictive for insert
    with check (jsonb_path_query_array(measures, '$[*].code') <@ app_shown_measures(app_proposal_of_placement(placement_id))
                and jsonb_array_length(measures) = jsonb_array_length(jsonb_path_query_array(measures, '$[*].code')));
