-- Questions, answers, votes and tags.

-- A question is a post whose text is its title: so it reaches feeds, its author's page and whoever listens live as every post does.
ALTER TABLE post ADD COLUMN is_question boolean NOT NULL DEFAULT false;

-- What a question has beside its post, under the same id; title, version and edited_at say what the post's row says.
-- body: in Markdown, or in the HTML that it was imported with. A deleted question keeps its row without texts.
CREATE TABLE question (
    id         bigint PRIMARY KEY REFERENCES post,
    author_id  bigint      NOT NULL REFERENCES account,
    title      text        NOT NULL,
    body       text        NOT NULL,
    format     text        NOT NULL DEFAULT 'markdown' CHECK (format IN ('markdown', 'html')),
    tags       text[]      NOT NULL DEFAULT '{}',    -- in the order of the author
    version    int         NOT NULL DEFAULT 1,
    edited_at  timestamptz,
    deleted_at timestamptz
);
CREATE INDEX question_newest ON question (id DESC) INCLUDE (author_id) WHERE deleted_at IS NULL;
CREATE INDEX question_by_author ON question (author_id, id DESC) INCLUDE (deleted_at);

-- score: the sum of the votes that say counted; score_version rises with each change of it. counted: whether the question's number of answers holds it, see question_count.
CREATE TABLE answer (
    id          bigint PRIMARY KEY,
    question_id bigint      NOT NULL REFERENCES question,
    author_id   bigint      NOT NULL REFERENCES account,
    body        text        NOT NULL,
    format      text        NOT NULL DEFAULT 'markdown' CHECK (format IN ('markdown', 'html')),
    version     int         NOT NULL DEFAULT 1,
    edited_at   timestamptz,
    deleted_at  timestamptz,
    accepted    boolean     NOT NULL DEFAULT false,
    score       int         NOT NULL DEFAULT 0,
    score_version int       NOT NULL DEFAULT 0,
    counted     boolean     NOT NULL DEFAULT false,
    -- Of a creation that carried an Idempotency-Key: the same key answers with the same answer.
    idempotency_key text,
    request_hash    bytea
);
-- The order of a question's page.
CREATE INDEX answer_order ON answer (question_id, accepted DESC, score DESC, id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX answer_accepted ON answer (question_id) WHERE accepted;
CREATE UNIQUE INDEX answer_key ON answer (author_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX answer_by_author ON answer (author_id, id DESC);
CREATE INDEX answer_unsettled ON answer (question_id) WHERE counted = (deleted_at IS NOT NULL);

-- One row a person and question or answer. value: 0 is a vote that was taken back, kept until the score has let it go.
-- counted: what the item's score holds of it. id is the time of the vote.
-- voter_id has no foreign key: each vote would lock the row of the same person. Below 0: an imported vote, of nobody known.
CREATE TABLE vote (
    item_id  bigint   NOT NULL,
    voter_id bigint   NOT NULL,
    id       bigint   NOT NULL,
    value    smallint NOT NULL CHECK (value BETWEEN -1 AND 1),
    counted  smallint NOT NULL DEFAULT 0 CHECK (counted BETWEEN -1 AND 1),
    PRIMARY KEY (item_id, voter_id)
);
CREATE INDEX vote_by_voter ON vote (voter_id, item_id) WHERE voter_id > 0;
CREATE INDEX vote_unsettled ON vote (item_id) WHERE value <> counted;
CREATE INDEX vote_taken_back ON vote (item_id) WHERE value = 0;

-- One row a living question; it goes with the question. Apart from question, so that a vote or a view writes no text index.
-- hot: seconds since 1970 at which it was asked, moved on by half a day for each tenfold of votes and answers; see Hot.
CREATE TABLE question_count (
    question_id bigint PRIMARY KEY REFERENCES question,
    score       int    NOT NULL DEFAULT 0,
    answers     int    NOT NULL DEFAULT 0 CHECK (answers >= 0),
    views       bigint NOT NULL DEFAULT 0,
    hot         bigint NOT NULL,
    version     bigint NOT NULL DEFAULT 0             -- rises with each change of score and answers
);
CREATE INDEX question_hot ON question_count (hot DESC, question_id DESC);
CREATE INDEX question_unanswered ON question_count (question_id DESC) WHERE answers = 0;

-- Tags, each with the number of living questions that bear it, changed in their transaction in the order of names.
CREATE TABLE tag (
    name      text PRIMARY KEY,
    questions int NOT NULL DEFAULT 0 CHECK (questions >= 0)
);

-- Of living questions only.
CREATE TABLE question_tag (
    tag         text   NOT NULL REFERENCES tag,
    question_id bigint NOT NULL REFERENCES question,
    PRIMARY KEY (tag, question_id)
);
CREATE INDEX question_tag_newest ON question_tag (question_id, tag);
