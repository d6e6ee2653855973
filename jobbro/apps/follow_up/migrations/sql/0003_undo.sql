drop function follow_up_link_answerers(bytea, bytea);
drop function follow_up_answerers(uuid);
drop function follow_up_answerers_of(uuid);
