drop policy own_or_work on matching_card;
drop policy own_steps on matching_proposalstep;
drop policy own_moves on matching_proposal;
drop policy seen_job on matching_proposal;
