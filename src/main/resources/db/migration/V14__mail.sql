-- E-mail: where it goes, what waits to be sent, and what was sent.

-- One row an account that has an address. Nothing but the question whether it is theirs goes to one that is not confirmed.
-- quiet_until: until then news of answers are gathered. bounced_at: a server has said that there is no such mailbox.
CREATE TABLE mail_address (
    account_id   bigint      PRIMARY KEY REFERENCES account,
    address      text        NOT NULL,
    confirmed_at timestamptz,
    bounced_at   timestamptz,
    answers      boolean     NOT NULL DEFAULT true,
    quiet_until  timestamptz NOT NULL DEFAULT '-infinity'
);

-- One row a mail; its text is made when it is sent. attempts: begun so far; the first closes it, and what is news later goes into another.
-- wanted_at: when it was to go. due_at: when it is tried next; while one is being sent, when another sender may take it over.
-- address: of a confirmation, whom it asks.
CREATE TABLE mail (
    id         bigint      PRIMARY KEY,
    account_id bigint      NOT NULL REFERENCES account,
    kind       text        NOT NULL CHECK (kind IN ('confirm', 'answers')),
    address    text        NOT NULL DEFAULT '',
    state      text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped', 'refused', 'parked')),
    attempts   int         NOT NULL DEFAULT 0,
    wanted_at  timestamptz NOT NULL,
    due_at     timestamptz NOT NULL,
    error      text        NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX mail_open ON mail (account_id) WHERE kind = 'answers' AND state = 'waiting' AND attempts = 0;
CREATE INDEX mail_due ON mail (due_at) WHERE state = 'waiting';
CREATE INDEX mail_wanted ON mail (wanted_at) WHERE state = 'waiting';
CREATE INDEX mail_parked ON mail (id) WHERE state = 'parked';
CREATE INDEX mail_by_account ON mail (account_id);
CREATE INDEX mail_asked ON mail (address, id) WHERE kind = 'confirm';

-- What a mail tells of: each answer once a recipient.
CREATE TABLE mail_item (
    account_id bigint NOT NULL REFERENCES account,
    item_id    bigint NOT NULL,
    mail_id    bigint NOT NULL REFERENCES mail ON DELETE CASCADE,
    PRIMARY KEY (account_id, item_id)
);
CREATE INDEX mail_item_of ON mail_item (mail_id, item_id);

-- Instead of sending, where no server is set: what would have been sent; the newest few.
CREATE TABLE mail_kept (
    id          bigint      PRIMARY KEY,
    account_id  bigint      NOT NULL REFERENCES account,
    address     text        NOT NULL,
    subject     text        NOT NULL,
    body_text   text        NOT NULL,
    body_html   text        NOT NULL,
    unsubscribe text        NOT NULL,
    kept_at     timestamptz NOT NULL
);
CREATE INDEX mail_kept_by_account ON mail_kept (account_id);
