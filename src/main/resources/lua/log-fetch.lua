-- Gives what was appended to the log of invalidations since.
-- KEYS[1] the log's head, a hash: life = which log this is, last = the number of its last entry
-- KEYS[2] its newest entries, a list, the last one first
-- ARGV[1] the life to begin if there is no log
-- ARGV[2] the life that the caller knows
-- ARGV[3] the last number that the caller knows
-- Answers {life, last, entry...}, the last entry first; no entries if some of them are gone.
local head = redis.call('HMGET', KEYS[1], 'life', 'last')
if not head[1] then
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'life', ARGV[1], 'last', 0)
  return {ARGV[1], '0'}
end
local missing = tonumber(head[2]) - tonumber(ARGV[3])
if head[1] ~= ARGV[2] or missing <= 0 or missing > redis.call('LLEN', KEYS[2]) then
  return head
end
local answer = redis.call('LRANGE', KEYS[2], 0, missing - 1)
table.insert(answer, 1, head[2])
table.insert(answer, 1, head[1])
return answer
