-- Replaces a feed if it is still what the caller has read.
-- KEYS[1] the feed
-- ARGV[1] posts and floor as read, ARGV[2] as they are to be; '' drops the feed
-- Answers nothing if it is done, else posts and floor as they are now, or ''.
local feed = KEYS[1]
local now = all_of(feed)
if now ~= ARGV[1] then
  return now
end
local left = redis.call('PTTL', feed)
redis.call('UNLINK', feed)
fill(feed, ARGV[2])
if left > 0 and ARGV[2] ~= '' then
  redis.call('PEXPIRE', feed, left)
end
return false
