drop function courses_teacher(uuid);
