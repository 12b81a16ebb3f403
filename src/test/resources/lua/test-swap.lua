-- KEYS[1] a text; ARGV[1] its new value, '' for none. Answers what it was.
local was = redis.call('GET', KEYS[1])
if ARGV[1] ~= '' then redis.call('SET', KEYS[1], ARGV[1]) end
return was
