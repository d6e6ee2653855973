drop function closing_hidden(uuid[]);
drop policy before_move on external_actors_engagementperson;
drop policy before_move on follow_up_talklink;
drop policy before_move on meetings_meetinghelp;
drop policy before_move on meetings_meetingparticipant;
drop trigger cut_is_now on closing_move;
drop function closing_cut_is_now();
