-- Begins the build of a feed, in place of an earlier one.
-- KEYS[1] the feed, KEYS[2] builds, KEYS[3] deadlines
-- ARGV[1] the number of the build
-- ARGV[2] milliseconds after which it counts as given up
local feed, builds, deadlines = KEYS[1], KEYS[2], KEYS[3]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
-- The few that crashed builders have left, so that inserts need not look for builds any more.
local given_up = redis.call('ZRANGEBYSCORE', deadlines, '-inf', now, 'LIMIT', 0, 8)
given_up[#given_up + 1] = feed
for i = 1, #given_up do
  local number, changes = build_of(builds, given_up[i])
  end_build(builds, deadlines, given_up[i], changes or 0)
end
redis.call('HSET', builds, feed, ARGV[1] .. ' 0')
redis.call('ZADD', deadlines, now + ARGV[2], feed)
redis.call('PEXPIRE', builds, 2 * ARGV[2])
redis.call('PEXPIRE', deadlines, 2 * ARGV[2])
return 1
