-- Notes that a client is on a channel.
-- KEYS[1] the channel's clients, a hash: client = until when, 13 digits of milliseconds, and who
-- ARGV[1] the client
-- ARGV[2] who it is
-- ARGV[3] milliseconds until it counts as gone
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], ARGV[1], string.format('%013.0f', now + ARGV[3]) .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
-- Those of dead nodes go a few at a time: more than come, so they never pile up.
local some = redis.call('HRANDFIELD', KEYS[1], 3, 'WITHVALUES')
for i = 1, #some, 2 do
  if tonumber(string.sub(some[i + 1], 1, 13)) <= now then
    redis.call('HDEL', KEYS[1], some[i])
  end
end
return 1
