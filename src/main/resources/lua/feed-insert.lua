-- Inserts one post into feeds of one shard; feeds that are not stored stay so.
-- KEYS[1..n] feeds, KEYS[n+1] builds, KEYS[n+2] deadlines
-- ARGV[1] the post, 8 bytes big-endian
-- ARGV[2] capacity: posts that a feed keeps when it is trimmed
-- ARGV[3] posts that a feed may have before it is trimmed
local deadlines = table.remove(KEYS)
local builds = table.remove(KEYS)
local post, capacity = ARGV[1], tonumber(ARGV[2])
-- The floor is an element too.
local untrimmed = ARGV[3] + 1
local call, unpack_id = redis.call, struct.unpack
local MARK = 2147483648

note_all(builds, deadlines, KEYS, 'A\0\0\0\0\0\0\0\0' .. post)

-- Ids are compared in halves: a Lua number ends at 2^53, and strings compare by the locale.
local high, low = unpack_id('>I4I4', post)

local function place_before(feed, element)
  local h, l = unpack_id('>I4I4', element)
  if h >= MARK then
    -- The post is older than all, and belongs here if it is not below the floor.
    h = h - MARK
    if high < h or (high == h and low < l) then
      return 0
    end
  end
  return call('LINSERT', feed, 'BEFORE', element, post)
end

local function is_newer_than(element)
  local h, l = unpack_id('>I4I4', element)
  return h >= MARK or high > h or (high == h and low > l)
end

-- Looks at the newest few, then halves the rest.
local function insert_late(feed)
  local newest = call('LRANGE', feed, 0, 15)
  for i = 1, #newest do
    if newest[i] == post then
      return 0
    end
    if is_newer_than(newest[i]) then
      return place_before(feed, newest[i])
    end
  end
  local from, to = #newest, call('LLEN', feed) - 1
  while from < to do
    local middle = math.floor((from + to) / 2)
    if is_newer_than(call('LINDEX', feed, middle)) then
      to = middle
    else
      from = middle + 1
    end
  end
  if call('LINDEX', feed, from - 1) == post then
    return 0
  end
  return place_before(feed, call('LINDEX', feed, from))
end

-- Whether the post is newer than a head, by head: many feeds share theirs.
local is_newest = {}

local function comes_after(head)
  local h, l = unpack_id('>I4I4', head)
  local newest = h < MARK and (high > h or (high == h and low > l))
  is_newest[head] = newest
  return newest
end

for i = 1, #KEYS do
  local feed = KEYS[i]
  local head = call('LINDEX', feed, 0)
  if head and head ~= post then
    local newest = is_newest[head]
    if newest == nil then
      newest = comes_after(head)
    end
    local length = newest and call('LPUSH', feed, post) or insert_late(feed)
    if length > untrimmed then
      local last = call('LINDEX', feed, capacity - 1)
      call('LTRIM', feed, 0, capacity - 1)
      call('RPUSH', feed, string.char(string.byte(last) + 128) .. string.sub(last, 2))
    end
  end
end
return #KEYS
