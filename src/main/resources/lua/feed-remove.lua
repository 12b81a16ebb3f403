-- Removes one post from feeds of one shard; a feed left with less than a window is dropped.
-- KEYS[1..n] feeds, KEYS[n+1] builds, KEYS[n+2] deadlines
-- ARGV[1] the post, 8 bytes big-endian
-- ARGV[2] window: posts that a feed with a floor must have
local deadlines = table.remove(KEYS)
local builds = table.remove(KEYS)
local post, window = ARGV[1], tonumber(ARGV[2])
local NO_FLOOR = '\128\0\0\0\0\0\0\0'

note_all(builds, deadlines, KEYS, 'T' .. post)
for i = 1, #KEYS do
  local feed = KEYS[i]
  if redis.call('LREM', feed, 1, post) == 1
    and redis.call('LLEN', feed) - 1 < window
    and redis.call('LINDEX', feed, -1) ~= NO_FLOOR then
    redis.call('UNLINK', feed)
  end
end
return #KEYS
