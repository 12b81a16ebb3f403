-- Appends a publication to a channel's stream, and begins the stream if there is none.
-- KEYS[1] the position: "<offset> <epoch>", and keys of batches
-- KEYS[2] the publications, the newest first: the first is at the offset of the position
-- KEYS[3] the idempotency key, the position after the append that used it; or no such key
-- ARGV[1] the publication
-- ARGV[2] publications to keep
-- ARGV[3] milliseconds to keep them after the newest
-- ARGV[4] milliseconds to keep the position of a stream that nobody uses
-- ARGV[5] the epoch to begin if there is no stream
-- ARGV[6] milliseconds to keep the idempotency key
-- Answers {1 if the key was used before, the position}.
if KEYS[3] then
  local first = redis.call('GET', KEYS[3])
  if first then
    return {1, first}
  end
end
local position = redis.call('GET', KEYS[1])
if not position then
  -- Of a former epoch.
  redis.call('UNLINK', KEYS[2])
  position = '0 ' .. ARGV[5]
end
local space = string.find(position, ' ', 1, true)
local offset = tonumber(string.sub(position, 1, space - 1)) + 1
position = string.format('%.0f', offset) .. string.sub(position, space)
redis.call('SET', KEYS[1], position, 'PX', ARGV[4])
if redis.call('LPUSH', KEYS[2], ARGV[1]) > tonumber(ARGV[2]) then
  redis.call('LTRIM', KEYS[2], 0, ARGV[2] - 1)
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
position = string.match(position, '^%d+ %S+')
if KEYS[3] then
  redis.call('SET', KEYS[3], position, 'PX', ARGV[6])
end
return {0, position}
