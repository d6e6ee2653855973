drop trigger stands on key_persons_adviser;
drop trigger moves on key_persons_question;
drop trigger words on key_persons_entry;
drop trigger kept on key_persons_entry;
drop policy near on key_persons_advicemodel;
drop policy led on key_persons_advicemodel;
drop policy led_change on key_persons_advicemodel;
alter table key_persons_advicemodel disable row level security;
drop policy near on key_persons_away;
drop policy own_or_led on key_persons_away;
drop policy own_or_led_change on key_persons_away;
alter table key_persons_away disable row level security;
drop policy near on key_persons_adviser;
drop policy named on key_persons_adviser;
drop policy named_change on key_persons_adviser;
alter table key_persons_adviser disable row level security;
drop policy need_to_know on key_persons_turn;
drop policy own_words on key_persons_turn;
alter table key_persons_turn disable row level security;
drop policy own_question on key_persons_invitation;
drop policy need_to_know on key_persons_question;
drop policy asked on key_persons_question;
drop policy moved on key_persons_question;
alter table key_persons_question disable row level security;
drop policy as_the_entry on key_persons_entryversion;
alter table key_persons_entryversion disable row level security;
drop policy own on key_persons_useful;
drop policy own_new on key_persons_useful;
drop policy own_gone on key_persons_useful;
alter table key_persons_useful disable row level security;
drop policy staff on key_persons_entry;
drop policy advisers on key_persons_entry;
drop policy advisers_change on key_persons_entry;
alter table key_persons_entry disable row level security;
drop function key_persons_use(uuid, date), key_persons_counted_units(), key_persons_answer_times(date),
    key_persons_useful_counts(uuid[]), key_persons_find(text[], text, text, text, integer, integer), key_persons_stems(text[]),
    key_persons_entry_kept(), key_persons_entry_words(), key_persons_is_asker(uuid), key_persons_may_turn(uuid, text),
    key_persons_question_moves(), key_persons_answers(uuid, uuid), key_persons_can_get(uuid, uuid),
    key_persons_is_from(uuid, uuid), key_persons_adviser_stands(), key_persons_is_account_of(uuid, uuid),
    key_persons_unit_of(uuid), key_persons_is_in(uuid, uuid), key_persons_can_be(uuid, text, uuid, uuid),
    key_persons_municipalities(), key_persons_teams(), key_persons_units(), key_persons_covered(), key_persons_own(),
    key_persons_sets(uuid), key_persons_near_units(), key_persons_is_staff();
