-- Notes that a client has left a channel.
-- KEYS[1] the channel's clients
-- ARGV[1] the client
return redis.call('HDEL', KEYS[1], ARGV[1])
