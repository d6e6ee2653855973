-- Letters as somebody without a Danish keyboard writes them: æ as ae, ø as oe, å as aa, no accents, small.
create function key_persons_fold(t text) returns text language sql immutable parallel safe as
$$ select translate(replace(replace(replace(lower(t), 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa'), 'éèêëáàâäíïóôöúüç', 'eeeeaaaaiiooouuc') $$;
