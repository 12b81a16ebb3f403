-- Who is on a channel.
-- KEYS[1] the channel's clients, a hash: client = until when, 13 digits of milliseconds, and who
-- Answers who they are.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local present = {}
for _, value in ipairs(redis.call('HVALS', KEYS[1])) do
  if tonumber(string.sub(value, 1, 13)) > now then
    present[#present + 1] = string.sub(value, 14)
  end
end
return present
