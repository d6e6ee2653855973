drop trigger account_is_closed on external_actors_externalperson;
drop trigger account_is_free_again on external_actors_externalperson;
drop trigger account_is_free on external_actors_externalperson;
drop function external_account_is_closed(), external_account_is_free();
