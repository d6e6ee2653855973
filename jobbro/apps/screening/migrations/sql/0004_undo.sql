drop policy speakers_end on screening_agreement;
drop policy speakers_change on screening_agreement;
drop policy speakers on screening_agreement;
drop policy own_name on screening_answer;
drop policy speakers_change on screening_dialogue;
drop policy speakers on screening_dialogue;
drop function app_holds_dialogues();
