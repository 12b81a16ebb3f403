-- Sends a message to whoever listens now.
-- ARGV[1] the name that they listen to
-- ARGV[2] the message
-- Answers how many there are on this server.
return redis.call('PUBLISH', ARGV[1], ARGV[2])
