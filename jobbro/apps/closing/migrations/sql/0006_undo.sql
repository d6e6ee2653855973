drop policy before_move on meetings_meetingwords;
