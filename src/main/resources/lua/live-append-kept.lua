-- Appends a publication to those of many streams that exist, and begins none.
-- KEYS    positions: "<offset> <epoch>", and for each of the newest keys " <key>@<its offset>";
--   each name ends with s, and that of its publications, which is not given, with p: most streams
--   do not exist, and Redis hashes what is given
-- ARGV[1] the publication
-- ARGV[2] publications to keep
-- ARGV[3] milliseconds to keep them after the newest
-- ARGV[4] the key, in which no character is magic; '' for none
-- ARGV[5] how many keys a stream remembers
-- Answers the streams there are: the number of the name, "<offset> <epoch>" of the publication
-- there, and so on.
local size, key = tonumber(ARGV[2]), ARGV[4]
local SEEN, NEWEST = ' ' .. key .. '@(%d+)', '^' .. string.rep(' %S+', ARGV[5])

local function append(name, offset, epoch, used)
  if key ~= '' then
    used = ' ' .. key .. '@' .. offset .. used
    used = string.match(used, NEWEST) or used
  end
  local publications = string.sub(name, 1, -2) .. 'p'
  redis.call('SET', name, offset .. ' ' .. epoch .. used, 'KEEPTTL')
  if redis.call('LPUSH', publications, ARGV[1]) > size then
    redis.call('LTRIM', publications, 0, size - 1)
  end
  redis.call('PEXPIRE', publications, ARGV[3])
end

local positions = redis.call('MGET', unpack(KEYS))
local answer = {}
for i = 1, #KEYS do
  if positions[i] then
    local last, epoch, used = string.match(positions[i], '^(%d+) (%S+)(.*)$')
    local offset = key ~= '' and string.match(used, SEEN)
    if not offset then
      offset = string.format('%.0f', last + 1)
      append(KEYS[i], offset, epoch, used)
    end
    answer[#answer + 1] = i
    answer[#answer + 1] = offset .. ' ' .. epoch
  end
end
return answer
