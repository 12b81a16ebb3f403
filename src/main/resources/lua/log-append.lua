-- Appends an entry to the log of invalidations.
-- KEYS[1] the log's head, a hash: life = which log this is, last = the number of its last entry
-- KEYS[2] its newest entries, a list, the last one first
-- ARGV[1] the life to begin if there is no log
-- ARGV[2] the entry
-- ARGV[3] how many entries to keep
-- Answers the number of the entry.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'life', ARGV[1], 'last', 0)
end
redis.call('LPUSH', KEYS[2], ARGV[2])
redis.call('LTRIM', KEYS[2], 0, ARGV[3] - 1)
return redis.call('HINCRBY', KEYS[1], 'last', 1)
