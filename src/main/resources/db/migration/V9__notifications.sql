-- What people are told of: follows, likes, comments, shares and mentions, grouped as they are shown.

-- One row a person, kind, subject and actor. It says what the deed's own row said when it was last looked at, so an event may come
-- twice, late or in any order. Only one process at a time carries rows over into groups (told_id, position), many at once: a post
-- that everybody likes in one minute is not one hot row, and its author is told of it a few times a second at most.
-- subject_id: the post; for follows the day, counted from 1970. deed_id: the newest deed that counts, an id of its time.
-- told_id: the deed that its group holds; 0 for none. position: of the group when it was told.
-- No foreign keys: each like would lock the row of the same author.
CREATE TABLE notification (
    recipient_id bigint  NOT NULL,
    kind         text    NOT NULL,
    subject_id   bigint  NOT NULL,
    actor_id     bigint  NOT NULL,
    deed_id      bigint  NOT NULL,
    told_id      bigint  NOT NULL DEFAULT 0,
    position     bigint  NOT NULL DEFAULT 0,
    removed      boolean NOT NULL DEFAULT false,
    PRIMARY KEY (recipient_id, kind, subject_id, actor_id)
);
CREATE INDEX notification_newest ON notification (recipient_id, kind, subject_id, position DESC, deed_id DESC) INCLUDE (actor_id);
CREATE INDEX notification_by_actor ON notification (actor_id, kind, subject_id);
CREATE INDEX notification_unsettled ON notification (deed_id) WHERE removed OR told_id <> deed_id;

-- What is shown as one. id: its place in the list; it rises when there is news, and never falls, so that nobody who walks the list
-- sees a group twice. A group is read when the newest row in it that its reader sees is: by that row's position.
CREATE TABLE notification_group (
    recipient_id bigint NOT NULL,
    kind         text   NOT NULL,
    subject_id   bigint NOT NULL,
    id           bigint NOT NULL,
    total        int    NOT NULL DEFAULT 0 CHECK (total >= 0),
    PRIMARY KEY (recipient_id, kind, subject_id)
);
CREATE UNIQUE INDEX notification_group_place ON notification_group (recipient_id, id DESC);
CREATE INDEX notification_group_age ON notification_group (id);
CREATE INDEX notification_group_subject ON notification_group (subject_id);

-- What there is once a person: the last place given, how many groups there are, up to where they are read, and what is not wanted.
CREATE TABLE notification_box (
    recipient_id  bigint  PRIMARY KEY REFERENCES account,
    top           bigint  NOT NULL DEFAULT 0,
    groups        int     NOT NULL DEFAULT 0,
    read_up_to    bigint  NOT NULL DEFAULT 0,
    unwanted      text[]  NOT NULL DEFAULT '{}',
    only_followed boolean NOT NULL DEFAULT false
);
CREATE INDEX notification_box_full ON notification_box (recipient_id) WHERE groups > 1000;
