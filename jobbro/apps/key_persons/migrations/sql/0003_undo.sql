drop policy directed on key_persons_question;
drop policy directed_moved on key_persons_question;
drop function key_persons_entry_marks(uuid), key_persons_answers(uuid, uuid, uuid), key_persons_served();
