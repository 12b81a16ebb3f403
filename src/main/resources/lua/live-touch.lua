-- Keeps streams from ageing, and begins those that there are not.
-- KEYS    positions: "<offset> <epoch>", and keys of batches; the names of publications differ by the last letter, p
-- ARGV[1] milliseconds to keep the position of a stream that nobody uses
-- ARGV[2] the epoch to begin where there is no stream
-- Answers the positions.
local positions = redis.call('MGET', unpack(KEYS))
for i, key in ipairs(KEYS) do
  if positions[i] then
    redis.call('PEXPIRE', key, ARGV[1])
  else
    redis.call('UNLINK', string.sub(key, 1, -2) .. 'p')
    positions[i] = '0 ' .. ARGV[2]
    redis.call('SET', key, positions[i], 'PX', ARGV[1])
  end
end
return positions
