-- Notes a change for the build of a feed, if it is being built, and reads the feed.
-- KEYS[1] the feed, KEYS[2] builds, KEYS[3] deadlines
-- ARGV[1] the change
-- Answers the feed's posts and the floor, 8 bytes each, or '' if there is none.
note(KEYS[2], KEYS[3], KEYS[1], ARGV[1])
return all_of(KEYS[1])
