-- Shared by the scripts of feeds: what a stored feed looks like.
-- A LIST of post ids, newest first, strictly descending, 8 bytes each, big-endian; the last element
-- is the floor with its top bit set, which an empty feed has too.

-- Elements pushed by one command: Lua's stack bounds how many.
local PUSHED = 500

local function fill(feed, elements)
  local size = 8 * PUSHED
  for from = 1, #elements, size do
    local part = {}
    for at = from, math.min(from + size, #elements + 1) - 8, 8 do
      part[#part + 1] = string.sub(elements, at, at + 7)
    end
    redis.call('RPUSH', feed, unpack(part))
  end
end

local function all_of(feed)
  return table.concat(redis.call('LRANGE', feed, 0, -1))
end
