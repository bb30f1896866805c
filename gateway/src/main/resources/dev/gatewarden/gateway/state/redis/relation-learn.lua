-- KEYS: all relations. ARGV: the object, its relation, the most there may be. Answers 1 when the
-- relation is the one in force now, 0 when another is, 2 when there is no room.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  return {known == ARGV[2] and 1 or 0}
end
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then
  return {2}
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return {1}
