-- Some of the channels that somebody listens to.
-- KEYS[1] the table, a hash: channel = "<node> <milliseconds until when> ..."
-- ARGV[1] where to go on; 0 at first
-- Answers {where to go on or 0, milliseconds now, channel, entry, ...}.
local time = redis.call('TIME')
local found = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 500)
local answer = found[2]
table.insert(answer, 1, time[1] * 1000 + math.floor(time[2] / 1000))
table.insert(answer, 1, found[1])
return answer
