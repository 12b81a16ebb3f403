-- Sign-ins that last, and the removal of accounts.

-- kind: 'token' (a refresh token), 'cookie' (the page's cookie) or 'course' (the contract's /login, which knows no refresh).
-- family_hash, secret_hash: SHA-256 of the two halves of the refresh token. The first stays while the session lasts and says that the
-- token was ours once; the second is drawn anew by each refresh. A cookie has the second only, 'course' neither.
-- previous_hash: the second half before the last refresh, taken once more within a moment of it: that answer may have been lost.
-- address: truncated to its network. last_used_at: to some minutes.
CREATE TABLE session (
    id            bigint      PRIMARY KEY,           -- the time of signing in
    account_id    bigint      NOT NULL REFERENCES account,
    kind          text        NOT NULL CHECK (kind IN ('token', 'cookie', 'course')),
    family_hash   bytea,
    secret_hash   bytea,
    previous_hash bytea,
    refreshed_at  timestamptz,
    user_agent    text        NOT NULL,
    address       text        NOT NULL,
    last_used_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    ended_at      timestamptz                        -- not null: ended before its time; swept with those past theirs
);
CREATE INDEX session_by_account ON session (account_id, id DESC);
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_ended ON session (ended_at) WHERE ended_at IS NOT NULL;

-- Not null: the person has gone. From then on nobody sees anything of theirs; what is left is erased in steps, and this row last of all.
ALTER TABLE account ADD COLUMN removed_at timestamptz;
CREATE INDEX account_removed ON account (id) WHERE removed_at IS NOT NULL;

-- Mutes that end by themselves are taken away when their time has come.
CREATE INDEX mute_term ON mute (muted_until) WHERE muted_until IS NOT NULL;
-- Whom a removed account was restricted or muted by is found by the other end.
CREATE INDEX mute_by_author ON mute (author_id, viewer_id);

-- Foreign keys are looked up from the other end when posts and accounts are deleted: for that an index must hold all rows.
CREATE INDEX post_by_original ON post (original_id) WHERE original_id IS NOT NULL;
DROP INDEX post_like_by_account;
CREATE INDEX post_like_by_account ON post_like (account_id, post_id DESC) INCLUDE (removed);
DROP INDEX comment_by_post;
CREATE INDEX comment_by_post ON comment (post_id, id) INCLUDE (deleted_at);
CREATE INDEX post_tag_by_post ON post_tag (post_id);
CREATE INDEX dialog_message_by_high ON dialog_message (high_id, low_id);
-- The sender is one of the two people, whose keys are checked.
ALTER TABLE dialog_message DROP CONSTRAINT dialog_message_sender_id_fkey;
