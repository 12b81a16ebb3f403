-- Forgets a ranking, or gives the caller's lease back.
-- KEYS[1] as of ranking-get
-- ARGV[1] the token of the lease; empty: whatever is there goes
if ARGV[1] == '' or redis.call('GET', KEYS[1]) == 'L' .. ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
