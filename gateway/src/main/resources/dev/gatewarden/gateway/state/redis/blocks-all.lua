-- Answers {era, number of the last change, the server, name, times, …}; the first who asks names
-- this memory.
-- KEYS: the blocks, the count of changes. ARGV: a name for this memory if it has none yet.
local at = redis.call('HMGET', KEYS[2], 'era', 'n')
if not at[1] then
  redis.call('HSETNX', KEYS[2], 'era', ARGV[1])
  at[1] = ARGV[1]
end
local answer = {at[1], at[2] or '0', server()}
for _, each in ipairs(redis.call('HGETALL', KEYS[1])) do
  answer[#answer + 1] = each
end
return answer
