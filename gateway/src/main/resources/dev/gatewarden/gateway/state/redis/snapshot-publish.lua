-- KEYS: the generations of one name. ARGV: the generation known, when the next one is made, its
-- content, a name for this line of generations if it has none yet, how many are kept. Answers
-- {era, the new generation}; nothing where another one is the newest.
local newest = tonumber(redis.call('HGET', KEYS[1], 'n') or '0')
if newest ~= tonumber(ARGV[1]) then
  return {}
end
local next = newest + 1
redis.call('HSETNX', KEYS[1], 'era', ARGV[4])
redis.call('HSET', KEYS[1], 'n', next, 'at' .. next, ARGV[2], 'is' .. next, ARGV[3])
local old = next - tonumber(ARGV[5])
redis.call('HDEL', KEYS[1], 'at' .. old, 'is' .. old)
return {redis.call('HGET', KEYS[1], 'era'), tostring(next)}
