-- Reads a page of one feed and marks the feed as read.
-- KEYS[1] the feed
-- ARGV[1] the post below which the page begins, 8 bytes; '' for the newest
-- ARGV[2] posts of the page
-- ARGV[3] seconds an unread feed is kept
-- ARGV[4] seconds left from which on that is renewed
-- Answers at least the page and then the floor, 8 bytes each; nothing if there is no such feed.
local feed, limit = KEYS[1], tonumber(ARGV[2])
local from, to = 0, limit - 1
if ARGV[1] ~= '' then
  local at = redis.call('LPOS', feed, ARGV[1])
  -- A cursor that is none of the feed's posts: the caller picks the page out of all.
  from, to = at and at + 1 or 0, at and at + limit or -1
end
local page = redis.call('LRANGE', feed, from, to)
local floor = redis.call('LINDEX', feed, -1)
if not floor then
  return false
end
if redis.call('TTL', feed) < tonumber(ARGV[4]) then
  redis.call('EXPIRE', feed, ARGV[3])
end
page[#page + 1] = floor
return table.concat(page)
