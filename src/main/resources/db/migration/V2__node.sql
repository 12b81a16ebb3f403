-- Processes that work from this database. A number belongs to whoever knows the token, until leased_until; it is part of the ids made
-- under it. home is the log of invalidations that the process sees, '' for none; epoch the latest that it has heard of.
CREATE TABLE node (
    number       int         PRIMARY KEY,
    token        text        NOT NULL,
    leased_until timestamptz NOT NULL,
    home         text        NOT NULL,
    epoch        bigint      NOT NULL
);

-- One row. A new epoch begins when what near and shared caches hold must be left behind: another home keeps the log, or a change could
-- not be appended to it.
CREATE TABLE node_epoch (
    epoch    bigint      NOT NULL,
    home     text        NOT NULL,
    began_at timestamptz NOT NULL
);
INSERT INTO node_epoch VALUES (0, '', '2000-01-01');
