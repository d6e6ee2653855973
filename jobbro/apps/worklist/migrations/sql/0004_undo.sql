drop index worklist_plan, worklist_agreed, worklist_agreement, worklist_finished, worklist_dialogue, worklist_course, worklist_person, worklist_citizen;
