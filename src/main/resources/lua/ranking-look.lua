-- Looks for a ranking, and leases it to the caller if it is missing and nobody computes it.
-- KEYS[1] as of ranking-get
-- ARGV[1] the caller's token
-- ARGV[2] milliseconds that a lease lasts
-- Answers 'V' and the ranking; 'L' if it is the caller's to compute; nothing if it is another's.
local slot = redis.call('GET', KEYS[1])
if not slot then
  redis.call('SET', KEYS[1], 'L' .. ARGV[1], 'PX', ARGV[2])
  return 'L'
end
return string.sub(slot, 1, 1) == 'V' and slot
