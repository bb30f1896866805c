-- KEYS: all relations. ARGV: the object, its relation so far, the one to come; none to come
-- forgets it, whatever it was. Answers whether something changed.
if not ARGV[3] then
  return {redis.call('HDEL', KEYS[1], ARGV[1])}
end
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
  return {0}
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return {1}
