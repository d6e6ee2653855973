drop function app_card_looks(uuid);
drop policy within_a_year on matching_card;
drop function app_consent_stands(uuid);
drop trigger ends_cards on matching_proposal;
drop function consent_ends_with_proposal();
drop trigger ends_card on citizens_consent;
drop function card_ends_with_consent();
