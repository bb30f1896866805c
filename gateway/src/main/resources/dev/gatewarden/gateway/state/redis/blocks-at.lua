-- Answers {era, number of the last change, the server}; nothing where nobody ever blocked.
-- KEYS: the count of changes.
local at = redis.call('HMGET', KEYS[1], 'era', 'n')
if not at[1] then
  return {}
end
return {at[1], at[2] or '0', server()}
