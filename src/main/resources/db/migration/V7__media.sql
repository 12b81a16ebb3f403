-- Pictures and videos. A row is there before the first of its files is, and goes after the last of them.
-- key: the random beginning of its files' names. thumbnails: their widths and heights in turns, narrowest first.
-- state: 'storing' until all files are kept, then 'ready'; 'removing' from the moment that its files may be deleted, for good.
-- holder_id: the post it is attached to, at this place; what is attached to nothing is removed after a day.
CREATE TABLE media (
    id              bigint   PRIMARY KEY,
    owner_id        bigint   NOT NULL REFERENCES account,
    key             text     NOT NULL UNIQUE,
    kind            text     NOT NULL CHECK (kind IN ('image', 'video')),
    type            text     NOT NULL,
    width           int      NOT NULL,
    height          int      NOT NULL,
    duration_millis int      NOT NULL DEFAULT 0,
    thumbnail_type  text     NOT NULL,
    thumbnails      int[]    NOT NULL DEFAULT '{}',
    blurhash        text     NOT NULL,
    alt             text     NOT NULL DEFAULT '',
    bytes           bigint   NOT NULL,
    state           text     NOT NULL CHECK (state IN ('storing', 'ready', 'removing')),
    holder_id       bigint,
    place           smallint NOT NULL DEFAULT 0
);
-- What an account has sent: today's number and all bytes.
CREATE INDEX media_by_owner ON media (owner_id, id) INCLUDE (bytes);
CREATE INDEX media_by_holder ON media (holder_id, place) WHERE holder_id IS NOT NULL;
CREATE INDEX media_unattached ON media (id) WHERE holder_id IS NULL;
CREATE INDEX media_removing ON media (id) WHERE state = 'removing';

-- How many media a post has: most have none, and are read without a look at the table above.
ALTER TABLE post ADD COLUMN media smallint NOT NULL DEFAULT 0;
