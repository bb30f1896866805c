-- KEYS: all relations. ARGV: the object. Answers its relation, or nothing.
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known then
  return {known}
end
return {}
