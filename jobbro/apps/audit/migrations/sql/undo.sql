drop function forget_forms_before(timestamptz);
drop policy own on audit_submission;
drop function audit_rebase(), audit_broken_seals(), audit_seal_logs(), audit_digest(text, bigint, bigint);
drop table audit_seal;
drop sequence audit_seal_id_seq;
drop function history_row(), log_event(text, uuid, text, jsonb),
    log_look(uuid[], text, text, text, text, text, text, bytea), audit_add_month(date);
drop table audit_look, audit_change, audit_event;
drop sequence audit_look_id_seq, audit_change_id_seq, audit_event_id_seq;
drop function audit_xid();
drop table audit_clock;
drop function app_standing(uuid[]), app_citizens(), app_today(), app_request(), app_actor(), danish_order(text);
