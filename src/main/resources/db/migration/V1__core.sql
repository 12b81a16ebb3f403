-- The core: people, follow edges, posts, the outbox and direct messages. All ids are TSIDs: sorting by id is sorting by time.

CREATE TABLE account (
    id            bigint PRIMARY KEY,
    handle        text        NOT NULL UNIQUE,
    first_name    text        NOT NULL,
    last_name     text        NOT NULL DEFAULT '',
    birthdate     date,
    city          text        NOT NULL DEFAULT '',
    biography     text        NOT NULL DEFAULT '',
    password_hash text,                              -- null: an imported person, who cannot sign in
    created_at    timestamptz NOT NULL,
    version       int         NOT NULL DEFAULT 1
);
CREATE INDEX account_first_name ON account (lower(first_name) text_pattern_ops, id);
CREATE INDEX account_last_name ON account (lower(last_name) text_pattern_ops, id);
CREATE INDEX account_handle_prefix ON account (handle text_pattern_ops, id);

-- Follow edges. The second index is the follower list in key order: a page of it never touches the table.
CREATE TABLE follow (
    follower_id bigint      NOT NULL REFERENCES account,
    followee_id bigint      NOT NULL REFERENCES account,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (follower_id, followee_id)
);
CREATE UNIQUE INDEX follow_by_followee ON follow (followee_id, follower_id);

-- Counters, in the transaction of the edge they count; no row means zeros.
-- unfollows only grows: a fan-out batch compares it before and after to see that an edge it read may be gone.
-- pulled: 'no', 'yes' (celebrity: posts are merged in at read time) or 'leaving' (pulled still, while its posts are put back into stored feeds).
-- flips counts the changes of pulled, so that work begun for one change never ends a later one.
CREATE TABLE follow_count (
    account_id bigint PRIMARY KEY REFERENCES account,
    followers  int    NOT NULL DEFAULT 0 CHECK (followers >= 0),
    followees  int    NOT NULL DEFAULT 0 CHECK (followees >= 0),
    unfollows  bigint NOT NULL DEFAULT 0,
    pulled     text   NOT NULL DEFAULT 'no' CHECK (pulled IN ('no', 'yes', 'leaving')),
    flips      bigint NOT NULL DEFAULT 0
);
CREATE INDEX follow_count_flipped ON follow_count (account_id) WHERE pulled <> 'no' OR flips > 0;

CREATE TABLE mute (
    viewer_id   bigint NOT NULL REFERENCES account,
    author_id   bigint NOT NULL REFERENCES account,
    muted_until timestamptz,                         -- null: until undone
    PRIMARY KEY (viewer_id, author_id)
);

CREATE TABLE restriction (
    author_id bigint NOT NULL REFERENCES account,
    viewer_id bigint NOT NULL REFERENCES account,
    PRIMARY KEY (author_id, viewer_id)
);
CREATE INDEX restriction_by_viewer ON restriction (viewer_id, author_id);

CREATE TABLE post (
    id         bigint PRIMARY KEY,
    author_id  bigint      NOT NULL REFERENCES account,
    text       text        NOT NULL,
    version    int         NOT NULL DEFAULT 1,
    edited_at  timestamptz,
    deleted_at timestamptz
);
-- Author feeds, newest first, answered from the index alone. Deleted posts stay in it: an unfollow removes their entries too.
CREATE INDEX post_by_author ON post (author_id, id DESC) INCLUDE (deleted_at);

-- One row a creation that carried an Idempotency-Key: the same key answers with the same post.
CREATE TABLE post_idempotency (
    author_id    bigint      NOT NULL REFERENCES account,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    post_id      bigint      NOT NULL REFERENCES post,
    PRIMARY KEY (author_id, key)
);
CREATE INDEX post_idempotency_post ON post_idempotency (post_id);

-- Events saved in the writer's transaction, until the queue has confirmed them. Claimed rows belong to one relay until claimed_until.
CREATE TABLE outbox (
    id            bigint PRIMARY KEY,
    topic         text        NOT NULL,
    body          bytea       NOT NULL,
    created_at    timestamptz NOT NULL,
    claimed_until timestamptz NOT NULL DEFAULT '-infinity',
    parked_error  text                               -- not null: a dead letter, kept until someone retries or drops it
);
CREATE INDEX outbox_waiting ON outbox (claimed_until, id) WHERE parked_error IS NULL;

-- When each reader last read the feed: those away for long are not kept in the cache.
CREATE TABLE feed_reader (
    account_id   bigint PRIMARY KEY REFERENCES account,
    last_read_at timestamptz NOT NULL
);
CREATE INDEX feed_reader_recent ON feed_reader (last_read_at);

CREATE TABLE dialog_message (
    low_id    bigint NOT NULL REFERENCES account,    -- the smaller and the larger id of the two people
    high_id   bigint NOT NULL REFERENCES account,
    id        bigint NOT NULL,
    sender_id bigint NOT NULL REFERENCES account,
    text      text   NOT NULL,
    PRIMARY KEY (low_id, high_id, id)
);
