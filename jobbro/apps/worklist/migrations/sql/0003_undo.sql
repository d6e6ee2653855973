drop index worklist_goal, worklist_action, worklist_lead, worklist_quiet, worklist_step, worklist_unplanned;
