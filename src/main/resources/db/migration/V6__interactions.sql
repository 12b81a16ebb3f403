-- What people do with posts: shares, likes, comments, mentions, hashtags, and the counters of all that.

-- A share is a post without a text of its own that refers to the original; never to another share.
-- mentioned: the accounts that the text names, found when it was written; tags: its hashtags, lower case, without #.
-- counted: a share only, see post_count.
ALTER TABLE post
    ADD COLUMN original_id bigint REFERENCES post,
    ADD COLUMN mentioned   bigint[] NOT NULL DEFAULT '{}',
    ADD COLUMN tags        text[]   NOT NULL DEFAULT '{}',
    ADD COLUMN counted     boolean  NOT NULL DEFAULT false;
CREATE INDEX post_mentioned ON post USING gin (mentioned) WHERE mentioned <> '{}';
CREATE UNIQUE INDEX post_shared_once ON post (author_id, original_id) WHERE original_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX post_shares ON post (original_id, id) INCLUDE (author_id) WHERE original_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX post_shares_unsettled ON post (original_id) WHERE original_id IS NOT NULL AND counted = (deleted_at IS NOT NULL);

-- Likes. id is the time of the like, for order. removed: taken back, kept until the counter has let it go.
CREATE TABLE post_like (
    post_id    bigint  NOT NULL REFERENCES post,
    account_id bigint  NOT NULL REFERENCES account,
    id         bigint  NOT NULL,
    removed    boolean NOT NULL DEFAULT false,
    counted    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (post_id, account_id)
);
CREATE INDEX post_like_newest ON post_like (post_id, id DESC) WHERE NOT removed;
CREATE INDEX post_like_by_account ON post_like (account_id, post_id DESC) WHERE NOT removed;
CREATE INDEX post_like_unsettled ON post_like (post_id) WHERE counted = removed;

CREATE TABLE comment (
    id         bigint  PRIMARY KEY,
    post_id    bigint  NOT NULL REFERENCES post,
    author_id  bigint  NOT NULL REFERENCES account,
    text       text    NOT NULL,
    mentioned  bigint[] NOT NULL DEFAULT '{}',
    deleted_at timestamptz,
    counted    boolean NOT NULL DEFAULT false,
    -- Of a creation that carried an Idempotency-Key: the same key answers with the same comment.
    idempotency_key text,
    request_hash    bytea
);
CREATE UNIQUE INDEX comment_key ON comment (author_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX comment_by_post ON comment (post_id, id) WHERE deleted_at IS NULL;
CREATE INDEX comment_by_author ON comment (author_id, id);
CREATE INDEX comment_mentioned ON comment USING gin (mentioned) WHERE mentioned <> '{}';
CREATE INDEX comment_unsettled ON comment (post_id) WHERE counted = (deleted_at IS NOT NULL);

-- Counters: the rows that say counted. A worker moves the unsettled rows of a post into its counters in one transaction,
-- so an event may come twice, late or in any order, and a busy post is not one hot row for all who like it.
CREATE TABLE post_count (
    post_id  bigint PRIMARY KEY REFERENCES post,
    likes    int NOT NULL DEFAULT 0 CHECK (likes >= 0),
    comments int NOT NULL DEFAULT 0 CHECK (comments >= 0),
    shares   int NOT NULL DEFAULT 0 CHECK (shares >= 0),
    version  bigint NOT NULL DEFAULT 0                -- rises with each change of the three
);

-- A hashtag's page, newest first.
CREATE TABLE post_tag (
    tag     text   NOT NULL,
    post_id bigint NOT NULL REFERENCES post,
    PRIMARY KEY (tag, post_id)
);
