-- Notes that a node listens to channels no more.
-- KEYS[1] the table, a hash: channel = "<node> <milliseconds until when> ..."
-- ARGV[1] the node
-- ARGV[2..] channels
local entries = redis.call('HMGET', KEYS[1], unpack(ARGV, 2))
for i = 2, #ARGV do
  local entry = entries[i - 1]
  if entry then
    local others = {}
    for node, ends in string.gmatch(entry, '(%S+) (%d+)') do
      if node ~= ARGV[1] then
        others[#others + 1] = node .. ' ' .. ends
      end
    end
    if #others == 0 then
      redis.call('HDEL', KEYS[1], ARGV[i])
    else
      redis.call('HSET', KEYS[1], ARGV[i], table.concat(others, ' '))
    end
  end
end
return 1
