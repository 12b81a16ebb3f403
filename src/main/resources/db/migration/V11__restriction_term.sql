ALTER TABLE restriction ADD COLUMN restricted_until timestamptz; -- null: until undone
CREATE INDEX restriction_term ON restriction (restricted_until) WHERE restricted_until IS NOT NULL;
