-- Notes that a node listens to channels.
-- KEYS[1] the table, a hash: channel = "<node> <milliseconds until when> ..."; the field without a
--   name: since when there is a table
-- ARGV[1] the node
-- ARGV[2] milliseconds until it counts as gone
-- ARGV[3] milliseconds until a table that nobody renews is gone
-- ARGV[4..] channels
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function live_nodes(entry, but)
  local live = {}
  for node, ends in string.gmatch(entry, '(%S+) (%d+)') do
    if node ~= but and tonumber(ends) > now then
      live[#live + 1] = node .. ' ' .. ends
    end
  end
  return table.concat(live, ' ')
end

redis.call('HSETNX', KEYS[1], '', string.format('%013.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if #ARGV > 3 then
  local own = ARGV[1] .. ' ' .. string.format('%013.0f', now + ARGV[2])
  local entries = redis.call('HMGET', KEYS[1], unpack(ARGV, 4))
  local changed = {}
  for i = 4, #ARGV do
    local others = entries[i - 3] and live_nodes(entries[i - 3], ARGV[1]) or ''
    changed[#changed + 1] = ARGV[i]
    changed[#changed + 1] = others == '' and own or own .. ' ' .. others
  end
  redis.call('HSET', KEYS[1], unpack(changed))
end
-- What dead nodes left goes a little at a time.
local some = redis.call('HRANDFIELD', KEYS[1], 8, 'WITHVALUES')
for i = 1, #some, 2 do
  if some[i] ~= '' and live_nodes(some[i + 1]) == '' then
    redis.call('HDEL', KEYS[1], some[i])
  end
end
return 1
