-- KEYS: the generations of one name. Answers {era, the newest generation}; nothing where there is none.
local known = redis.call('HMGET', KEYS[1], 'era', 'n')
return known[1] and {known[1], known[2]} or {}
