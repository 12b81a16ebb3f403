-- Adds uses to what all nodes have used, and says what is left: the tokens of a bucket that refills steadily.
-- KEYS[i]    l:<limit>:<kind><value>: when the bucket will be full again, in microseconds of this server's clock
-- ARGV[3i-2] uses to add
-- ARGV[3i-1] tokens of a full bucket
-- ARGV[3i]   microseconds in which an empty one gets full
-- Answers the tokens left of each, less than 0 when the nodes together let too much through.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local left = {}
for i, key in ipairs(KEYS) do
  local uses, most, period = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local full = math.max(tonumber(redis.call('GET', key) or now), now) + uses * period / most
  -- Nobody shall pay off a debt for longer than one period.
  full = math.min(full, now + 2 * period)
  redis.call('SET', key, string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000) + 1)
  left[i] = math.floor(most - (full - now) * most / period)
end
return left
