-- Who may see how the servers do. Nobody is at first.
ALTER TABLE account ADD COLUMN administrator boolean NOT NULL DEFAULT false;

-- What each process measured of itself, one sample in each 15 seconds of the clock (slot: their number since 1970); the oldest go after an hour. figures: by the name of the figure, what was read
-- of its meters. A counter's is as of that process's start, so differences are taken between samples of one process only.
CREATE TABLE status_sample (
    process    bigint      NOT NULL,                 -- drawn when it started
    slot       bigint      NOT NULL,
    taken_at   timestamptz NOT NULL,
    node       text        NOT NULL,
    roles      text        NOT NULL,
    version    text        NOT NULL,
    started_at timestamptz NOT NULL,
    figures    jsonb       NOT NULL,
    PRIMARY KEY (process, slot)
);
CREATE INDEX status_sample_age ON status_sample (taken_at);
