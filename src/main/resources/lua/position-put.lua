-- Remembers how far the database's log had come when an account wrote; a position further on stays.
-- KEYS[1] the account's position
-- ARGV[1] the position, a plain decimal number
-- ARGV[2] milliseconds to remember it
local known, position = redis.call('GET', KEYS[1]), ARGV[1]
-- Compared as text: Lua's numbers tell whole ones apart only up to 2^53.
if known and (#known > #position or (#known == #position and known > position)) then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
else
  redis.call('SET', KEYS[1], position, 'PX', ARGV[2])
end
return 1
