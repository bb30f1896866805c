-- KEYS: the generations of one name. ARGV: which one, or empty for the newest. Answers {era,
-- generation, when it was made, content}; nothing where there is none.
local known = redis.call('HMGET', KEYS[1], 'era', 'n')
if not known[1] then
  return {}
end
local wanted = ARGV[1] == '' and known[2] or ARGV[1]
local found = redis.call('HMGET', KEYS[1], 'at' .. wanted, 'is' .. wanted)
if not found[1] then
  return {}
end
return {known[1], wanted, found[1], found[2]}
