-- Where an event belongs to a trace: the step that saved it, as W3C's traceparent. Null: it is not traced.
ALTER TABLE outbox ADD COLUMN trace text;
