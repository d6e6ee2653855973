drop policy not_oneself on citizens_citizen;
drop policy not_ahead on citizens_citizen;
