-- Shared by the scripts of feeds: the builds in progress of a shard.
-- builds    HASH: <feed> = "<number> <changes>", <feed>#<i> = the i-th change since it began;
--           in one key, so that an eviction takes a build and its changes together
-- deadlines ZSET: <feed> by the millisecond from which the build counts as given up
-- A change is 'A', a floor (8 bytes) and posts to add, or 'T' and posts to take away, 8 bytes each.

-- Changes kept for one build; one overtaken by more is given up.
local MOST_CHANGES = 1000

local function build_of(builds, feed)
  local entry = redis.call('HGET', builds, feed)
  if entry then
    local number, changes = string.match(entry, '^(%S+) (%d+)$')
    return number, tonumber(changes)
  end
end

local function end_build(builds, deadlines, feed, changes)
  for i = 1, changes do
    redis.call('HDEL', builds, feed .. '#' .. i)
  end
  redis.call('HDEL', builds, feed)
  redis.call('ZREM', deadlines, feed)
end

local function note(builds, deadlines, feed, change)
  local number, changes = build_of(builds, feed)
  if not number then
    return
  end
  if changes == MOST_CHANGES then
    end_build(builds, deadlines, feed, changes)
    return
  end
  changes = changes + 1
  redis.call('HSET', builds, feed, number .. ' ' .. changes, feed .. '#' .. changes, change)
end

-- Notes a change of many feeds; costs one look when nothing is being built.
local function note_all(builds, deadlines, feeds, change)
  if redis.call('EXISTS', builds) == 0 then
    return
  end
  local building = redis.call('HMGET', builds, unpack(feeds))
  for i = 1, #feeds do
    if building[i] then
      note(builds, deadlines, feeds[i], change)
    end
  end
end
