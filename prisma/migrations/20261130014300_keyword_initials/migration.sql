-- The initial consonants of a word of two to eight Hangul syllables, as NFKC writes them: 삼성전자 has ㅅㅅㅈㅈ. Null for other words.
-- A loop: an aggregate would take as long as all the rest of writing an article.
CREATE FUNCTION search_initials(word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  initials text := '';
  place int;
BEGIN
  IF length(word) NOT BETWEEN 2 AND 8 THEN RETURN NULL; END IF;
  FOR at IN 1..length(word) LOOP
    place := ascii(substr(word, at, 1)) - 44032;
    IF place NOT BETWEEN 0 AND 11171 THEN RETURN NULL; END IF;
    initials := initials || chr(4352 + place / 588);
  END LOOP;
  RETURN initials;
END
$$;
