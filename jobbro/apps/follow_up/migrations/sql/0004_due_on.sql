-- The newest day of the municipality's rhythm that has come, as the engine counts; null before the first. For
-- municipalities that have set a rhythm: the work list counts the usual one by itself.
create function follow_up_due_on(municipality text, starts_on date, day date) returns date language plpgsql stable as $$
declare
    holds follow_up_rhythm;
    step text;
    months integer := 0;
    found_day date;
    next_day date;
begin
    select * into holds from follow_up_rhythm r
    where r.municipality_id = municipality and r.from_on <= day
    order by r.from_on desc, r.set_at desc, r.id desc limit 1;
    if not found then
        return null;
    end if;
    foreach step in array holds.steps loop
        if right(step, 1) = 'm' then
            months := left(step, -1)::integer;
            next_day := (starts_on + make_interval(months => months))::date;
        else
            months := 0;
            next_day := starts_on + left(step, -1)::integer;
        end if;
        if next_day > day then
            return found_day;
        end if;
        found_day := next_day;
    end loop;
    loop
        exit when holds.then_months = 0;
        months := months + holds.then_months;
        next_day := (starts_on + make_interval(months => months))::date;
        exit when next_day > day;
        found_day := next_day;
    end loop;
    return found_day;
end $$;
