-- Stores a built feed, if the build is in force and has heeded all changes.
-- KEYS[1] the feed, KEYS[2] builds, KEYS[3] deadlines
-- ARGV[1] the number of the build
-- ARGV[2] changes heeded
-- ARGV[3] posts and floor, 8 bytes each; '' to store nothing
-- ARGV[4] seconds an unread feed is kept
-- Answers 1 if it is done, the changes not heeded, or nothing if the build is not in force.
local feed = KEYS[1]
local number, changes = build_of(KEYS[2], feed)
if number ~= ARGV[1] then
  return false
end
local heeded = tonumber(ARGV[2])
if changes > heeded then
  local fields = {}
  for i = heeded + 1, changes do
    fields[#fields + 1] = feed .. '#' .. i
  end
  return redis.call('HMGET', KEYS[2], unpack(fields))
end
end_build(KEYS[2], KEYS[3], feed, changes)
redis.call('UNLINK', feed)
if ARGV[3] ~= '' then
  fill(feed, ARGV[3])
  redis.call('EXPIRE', feed, ARGV[4])
end
return 1
