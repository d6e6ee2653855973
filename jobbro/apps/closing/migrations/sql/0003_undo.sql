drop trigger put_to_rest on closing_move;
drop function closing_put_to_rest();
drop policy before_move on outreach_outreachcontact;
drop policy before_move on outreach_outreachperson;
drop policy before_move on outreach_openinganswer;
drop policy before_move on mobility_observation;
drop policy before_move on mobility_experience;
drop policy before_move on mobility_changewish;
