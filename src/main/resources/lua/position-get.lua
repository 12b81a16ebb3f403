-- How far the database's log had come when an account last wrote; nothing if not lately.
-- KEYS[1] the account's position
return redis.call('GET', KEYS[1])
