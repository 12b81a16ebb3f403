-- Ends the build of a feed and stores nothing, unless a later one has begun; may drop the feed too.
-- KEYS[1] the feed, KEYS[2] builds, KEYS[3] deadlines
-- ARGV[1] the number of the build; '' for any
-- ARGV[2] '1' to drop the feed too
local number, changes = build_of(KEYS[2], KEYS[1])
if number and (number == ARGV[1] or ARGV[1] == '') then
  end_build(KEYS[2], KEYS[3], KEYS[1], changes)
end
if ARGV[2] == '1' then
  redis.call('UNLINK', KEYS[1])
end
return 1
