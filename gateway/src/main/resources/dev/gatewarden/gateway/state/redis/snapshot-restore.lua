-- Tells a memory that lost it what is known. KEYS: the generations of one name. ARGV: era, generation,
-- when it was made, content. Changes nothing where another era, or a newer generation, is there.
local known = redis.call('HMGET', KEYS[1], 'era', 'n')
if known[1] and (known[1] ~= ARGV[1] or tonumber(known[2]) >= tonumber(ARGV[2])) then
  return {0}
end
redis.call('HSET', KEYS[1], 'era', ARGV[1], 'n', ARGV[2], 'at' .. ARGV[2], ARGV[3], 'is' .. ARGV[2], ARGV[4])
return {1}
