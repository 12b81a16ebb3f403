-- Looks for values of the shared cache, and leases those that are missing.
-- KEYS    each 'V' and a value, or 'L' and the token of whoever may fill it in
-- ARGV[1] the caller's token
-- ARGV[2] milliseconds that a lease lasts
-- Answers for each key the value, or nothing.
local found = {}
for i, key in ipairs(KEYS) do
  local slot = redis.call('GET', key)
  found[i] = false
  if not slot then
    redis.call('SET', key, 'L' .. ARGV[1], 'PX', ARGV[2])
  elseif string.sub(slot, 1, 1) == 'V' then
    found[i] = string.sub(slot, 2)
  end
end
return found
