-- Introduces a server process to a shard, or gives the shard a new generation.
-- KEYS[1] the shard's home, a hash: id = "<run id of the server> <generation>", shards = of how
--   many it is one
-- ARGV[1] the run id of this server
-- ARGV[2] the generation to begin, if one is begun
-- ARGV[3] the id that the caller held the home to be until now; '' if none
-- ARGV[4] '1' to begin a generation in any case
-- ARGV[5] how many shards the caller knows
-- Answers the id in force.
local function server(id) return string.match(id, '^%S+') end
local record = redis.call('HMGET', KEYS[1], 'id', 'shards')
local id, shards = record[1], record[2]
-- Whoever comes from another server may have written there after this one took its place: what
-- was made here meanwhile may lack those writes, so it is left behind.
local came = ARGV[3] ~= '' and server(ARGV[3]) ~= ARGV[1]
-- A record without the number of shards is left behind too: an older Freshet wrote it.
if id and shards and server(id) == ARGV[1] and not came and ARGV[4] ~= '1' then
  -- A former master that is a replica by now knows this record too. Only what writes is refused
  -- there, so this does: it changes nothing, and a master whose memory is full allows it.
  redis.call('HDEL', KEYS[1], 'none')
  -- Two who divide the keys differently would look for the same feed in different places.
  if shards ~= ARGV[5] then
    return redis.error_reply('SHARDS ' .. shards)
  end
  return id
end
id = ARGV[1] .. ' ' .. ARGV[2]
redis.call('HSET', KEYS[1], 'id', id, 'shards', ARGV[5])
return id
