-- When a dead letter failed last, and after how many attempts (0: not known).
ALTER TABLE outbox
    ADD COLUMN parked_at       timestamptz,
    ADD COLUMN parked_attempts int NOT NULL DEFAULT 0;
