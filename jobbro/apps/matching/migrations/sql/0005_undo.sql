drop function matching_parity(date);
drop function app_kept_proposal(uuid);
