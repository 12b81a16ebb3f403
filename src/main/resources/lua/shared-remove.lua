-- Removes values of the shared cache, and with them the leases to fill them in.
-- KEYS as of shared-look
return redis.call('UNLINK', unpack(KEYS))
