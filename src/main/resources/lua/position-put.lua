-- Remembers how far the database's log had come when an account wrote.
-- KEYS[1] the account's position
-- ARGV[1] the position
-- ARGV[2] milliseconds to remember it
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
