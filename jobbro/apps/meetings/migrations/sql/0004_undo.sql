set constraints all immediate;
alter table meetings_meeting disable trigger user;
update meetings_meeting m set about = w.about, reason = w.reason from meetings_meetingwords w where w.meeting_id = m.id;
alter table meetings_meeting enable trigger user;
set constraints all deferred;
