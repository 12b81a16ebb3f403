-- Frees keys of generations that were left behind; the fence before it makes sure that the caller
-- knows which one is in force. KEYS the keys.
return redis.call('UNLINK', unpack(KEYS))
