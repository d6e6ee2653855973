drop function follow_up_due_on(text, date, date);
