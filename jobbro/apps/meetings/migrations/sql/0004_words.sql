-- What was written so far: under the meeting's own id, so that it parts at a move as the meeting does.
set constraints all immediate;
insert into meetings_meetingwords (id, citizen_id, meeting_id, about, reason)
select id, citizen_id, id, about, reason from meetings_meeting;
set constraints all deferred;
