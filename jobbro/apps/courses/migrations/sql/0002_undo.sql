drop trigger seats_are_enough on courses_session;
drop trigger seat_is_free on courses_enrolment;
drop policy belongs on courses_courseoutcome;
drop policy run on courses_courseoutcome;
drop policy staff_change on courses_attendance;
drop policy belongs on courses_attendance;
drop policy run on courses_attendance;
drop policy belongs on courses_enrolment;
drop policy run_change on courses_enrolment;
drop policy run on courses_enrolment;
drop policy kept_change on courses_material;
drop policy kept on courses_material;
drop policy of_course on courses_material;
alter table courses_material disable row level security;
drop policy kept_end on courses_lesson;
drop policy kept on courses_lesson;
drop policy of_session on courses_lesson;
alter table courses_lesson disable row level security;
drop policy kept_change on courses_course;
drop policy kept on courses_course;
drop policy of_municipality on courses_course;
alter table courses_course disable row level security;
drop policy kept_change on courses_session;
drop policy kept on courses_session;
drop policy of_municipality on courses_session;
alter table courses_session disable row level security;
drop function courses_unsettled(timestamptz), courses_to_tell(uuid), courses_call_off(uuid),
    courses_settle(uuid, timestamptz), courses_before(uuid), courses_fill(uuid[]), courses_hold(uuid),
    courses_seats_are_enough(), courses_seat_is_free(), courses_acting(), courses_run_enrolments(),
    courses_works_in(uuid, text), courses_lesson_is_of(uuid, uuid), courses_enrolment_is_of(uuid, uuid),
    courses_is_for(uuid, uuid), courses_is_of(uuid, text), courses_run_sessions(), courses_kept(), courses_municipalities();
