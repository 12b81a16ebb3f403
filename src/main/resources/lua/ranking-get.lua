-- The ranking, or nothing.
-- KEYS[1] 'V' and the ranking, or 'L' and the token of whoever computes it
local slot = redis.call('GET', KEYS[1])
if slot and string.sub(slot, 1, 1) == 'V' then
  return string.sub(slot, 2)
end
return false
