-- Says that a gate is there, and counts those that are.
-- KEYS: the gates. ARGV: this gate's name, seconds after which a silent one is gone.
local time = tonumber(redis.call('TIME')[1])
redis.call('ZADD', KEYS[1], time, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', time - tonumber(ARGV[2]))
redis.call('EXPIRE', KEYS[1], 3600)
return {redis.call('ZCARD', KEYS[1])}
