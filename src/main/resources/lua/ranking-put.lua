-- Keeps a ranking, and ends the lease on it.
-- KEYS[1] as of ranking-get
-- ARGV[1] the ranking
-- ARGV[2] milliseconds to keep it
redis.call('SET', KEYS[1], 'V' .. ARGV[1], 'PX', ARGV[2])
return 1
