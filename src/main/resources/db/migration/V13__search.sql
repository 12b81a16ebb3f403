-- Search: what texts are made of for it, and the indexes. docs/search.md says how they are used.

CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Stems without stop words: a text keeps all its words, so that "The Who" and "to be or not to be" can be found.
CREATE TEXT SEARCH DICTIONARY search_english (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH DICTIONARY search_russian (TEMPLATE = pg_catalog.snowball, Language = russian);

-- For texts. Latin words are stemmed as English, all others as Russian; numbers and the like are taken as they are.
CREATE TEXT SEARCH CONFIGURATION search_text (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION search_text
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH search_english;
ALTER TEXT SEARCH CONFIGURATION search_text
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, search_russian;

-- For what people ask: the same stems, but nobody who asks "how to sort a list" insists on "how", "to" and "a".
CREATE TEXT SEARCH CONFIGURATION search_query (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION search_query
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, russian_stem;

-- A text without accents, and without what would glue words together (and/or, System.out.println, <b>) for the parser. It knows its
-- schema by itself: generated columns are computed under an empty search path when a dump is read.
CREATE FUNCTION search_plain(input text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
    AS $$ SELECT translate(unaccent('unaccent'::regdictionary, input), './\<>@:=&#', '          ') $$;

-- The words of a name or a title, in lower case, with one blank before and behind each: LIKE '% wor%' is "has a word that begins so".
-- At most 200 characters, so that they fit into an index.
CREATE FUNCTION search_words(input text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
    AS $$
    SELECT ' ' || left(btrim(regexp_replace(lower(unaccent('unaccent'::regdictionary, input)),
               '[\s!-/:-@\[-`{-~«»“”„…–—]+', ' ', 'g')), 200) || ' '
    $$;

-- What a body says to a reader: without tags and entities of HTML, without the marks of Markdown. At most 100,000 characters:
-- more words than PostgreSQL takes into one vector would refuse the whole row.
CREATE FUNCTION search_body(body text, format text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    SELECT CASE format
        WHEN 'html' THEN
            replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                regexp_replace(left(body, 100000), '<[^>]*>', ' ', 'g'),
                '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#34;', '"'), '&#39;', ''''), '&#43;', '+'),
                '&#61;', '='), '&#64;', '@'), '&#96;', '`'), '&amp;', '&')
        ELSE
            regexp_replace(regexp_replace(left(body, 100000),
                '!?\[([^]\[]*)\]\([^()\s]*\)', '\1', 'g'),
                '(^|\n)[ \t]*(#{1,6}|>|```\w*|[-*+](?=\s))|`+|\*\*|__', '\1', 'g')
        END
    $$;

CREATE FUNCTION search_vector(title text, body text, format text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
    AS $$
    SELECT setweight(to_tsvector('search_text', search_plain(title)), 'A')
        || setweight(to_tsvector('search_text', search_plain(search_body(body, format))), 'B')
    $$;

CREATE FUNCTION search_vector(input text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
    AS $$ SELECT to_tsvector('search_text', search_plain(input)) $$;

-- What somebody asks for, in the language of web searches. Where all of it is stop words, they are meant.
CREATE FUNCTION search_query(input text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT
    AS $$
    SELECT CASE numnode(asked) WHEN 0 THEN websearch_to_tsquery('search_text', search_plain(input)) ELSE asked END
    FROM websearch_to_tsquery('search_query', search_plain(input)) AS asked
    $$;

-- STORAGE main keeps a vector in its row: whoever walks over the newest rows does not look each one up elsewhere (a third of the time).
-- The lists of what came in lately, which every search reads in full, are kept short.
ALTER TABLE question
    ADD COLUMN words tsvector GENERATED ALWAYS AS (CASE WHEN deleted_at IS NULL THEN search_vector(title, body, format) END) STORED,
    ADD COLUMN title_words text GENERATED ALWAYS AS (CASE WHEN deleted_at IS NULL THEN search_words(title) END) STORED,
    ALTER COLUMN words SET STORAGE main;
CREATE INDEX question_words ON question USING gin (words) WITH (gin_pending_list_limit = 256) WHERE words IS NOT NULL;
CREATE INDEX question_title_words ON question USING gin (title_words gin_trgm_ops) WITH (gin_pending_list_limit = 256)
    WHERE title_words IS NOT NULL;

-- Of posts with a text of their own: a share has none, and a question is found as a question.
ALTER TABLE post
    ADD COLUMN words tsvector GENERATED ALWAYS AS (
        CASE WHEN deleted_at IS NULL AND original_id IS NULL AND NOT is_question THEN search_vector(text) END) STORED,
    ALTER COLUMN words SET STORAGE main;
CREATE INDEX post_words ON post USING gin (words) WITH (gin_pending_list_limit = 256) WHERE words IS NOT NULL;

-- Handle and names of living accounts.
ALTER TABLE account
    ADD COLUMN name_words text GENERATED ALWAYS AS (
        CASE WHEN removed_at IS NULL THEN search_words(handle || ' ' || first_name || ' ' || last_name) END) STORED;
CREATE INDEX account_name_words ON account USING gin (name_words gin_trgm_ops) WITH (gin_pending_list_limit = 256)
    WHERE name_words IS NOT NULL;

CREATE INDEX tag_name ON tag USING gin (name gin_trgm_ops);
CREATE INDEX tag_prefix ON tag (name text_pattern_ops);
