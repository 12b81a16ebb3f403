-- Fills in values of the shared cache where the caller's lease still stands.
-- KEYS      as of shared-look
-- ARGV[1]   the caller's token
-- ARGV[2]   milliseconds that a value is kept
-- ARGV[2+i] the value of the i-th key
local lease = 'L' .. ARGV[1]
for i, key in ipairs(KEYS) do
  if redis.call('GET', key) == lease then
    redis.call('SET', key, 'V' .. ARGV[i + 2], 'PX', ARGV[2])
  end
end
return 1
