-- Who listens to channels.
-- KEYS[1] the table, a hash: channel = "<node> <milliseconds until when> ..."; the field without a
--   name: since when there is a table
-- ARGV    channels
-- Answers {milliseconds now, since when, entry or nothing, ...}.
local time = redis.call('TIME')
local answer = redis.call('HMGET', KEYS[1], '', unpack(ARGV))
table.insert(answer, 1, time[1] * 1000 + math.floor(time[2] / 1000))
return answer
