-- Forgets the publications of a stream; its position stays.
-- KEYS[1] the publications
return redis.call('UNLINK', KEYS[1])
