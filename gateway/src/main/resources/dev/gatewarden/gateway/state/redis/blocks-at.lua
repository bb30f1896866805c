-- Answers {era, number of the last change, the server}; the first who asks names this memory.
-- KEYS: the count of changes. ARGV: a name for this memory if it has none yet.
local at = redis.call('HMGET', KEYS[1], 'era', 'n')
if not at[1] then
  redis.call('HSETNX', KEYS[1], 'era', ARGV[1])
  at[1] = ARGV[1]
end
return {at[1], at[2] or '0', server()}
