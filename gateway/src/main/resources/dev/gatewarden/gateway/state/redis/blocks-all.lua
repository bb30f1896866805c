-- Answers {era, number of the last change, the server, name, times, …}; nothing where nobody ever blocked.
-- KEYS: the blocks, the count of changes.
local at = redis.call('HMGET', KEYS[2], 'era', 'n')
if not at[1] then
  return {}
end
local answer = {at[1], at[2] or '0', server()}
for _, each in ipairs(redis.call('HGETALL', KEYS[1])) do
  answer[#answer + 1] = each
end
return answer
