-- Reads a channel's stream, begins it if there is none, and keeps its position from ageing.
-- KEYS[1] the position: "<offset> <epoch>", and keys of batches
-- KEYS[2] the publications, the newest first: the first is at the offset of the position
-- ARGV[1] the offset after which to begin forwards, before which backwards (0: at the newest)
-- ARGV[2] publications at most; negative for all
-- ARGV[3] 1 to go backwards
-- ARGV[4] milliseconds to keep the position of a stream that nobody uses
-- ARGV[5] the epoch to begin if there is no stream
-- Answers {position, offset of the first that follows, publication, ...}, the newest first.
local position = redis.call('GET', KEYS[1])
if not position then
  redis.call('UNLINK', KEYS[2])
  position = '0 ' .. ARGV[5]
  redis.call('SET', KEYS[1], position, 'PX', ARGV[4])
  return {position, 0}
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
local top = tonumber(string.match(position, '^%d+'))
local since, limit = tonumber(ARGV[1]), tonumber(ARGV[2])
local from, to
if ARGV[3] == '1' then
  from = since == 0 and 0 or math.max(0, top - since + 1)
  to = limit < 0 and -1 or from + limit - 1
else
  to = math.min(redis.call('LLEN', KEYS[2]), top - since) - 1
  from = limit < 0 and 0 or math.max(0, to - limit + 1)
  if to < from then
    return {position, 0}
  end
end
if limit == 0 then
  return {position, 0}
end
local answer = redis.call('LRANGE', KEYS[2], from, to)
table.insert(answer, 1, top - from)
table.insert(answer, 1, position)
return answer
