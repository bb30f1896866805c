-- Shuts out, or lifts. Times are milliseconds since 1970.
--
-- KEYS: the blocks, their ends, the count of changes. ARGV: now, the name, since, until (empty to
-- lift), a name for this memory if it has none yet, the channel that tells of changes. Answers
-- {era, number of the change, since, until}.
local now = clock(ARGV[1]) / 1000 + 1577836800000
local name = ARGV[2]
local since = ARGV[3]
local finish = ARGV[4]
redis.call('HSETNX', KEYS[3], 'era', ARGV[5])
for _, over in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', now), 'LIMIT', 0, 100)) do
  redis.call('HDEL', KEYS[1], over)
  redis.call('ZREM', KEYS[2], over)
end
if finish == '' then
  redis.call('HDEL', KEYS[1], name)
  redis.call('ZREM', KEYS[2], name)
else
  local known = redis.call('HGET', KEYS[1], name)
  if known then
    local before = words(known)
    if tonumber(before[2]) > now then
      if tonumber(before[1]) > tonumber(since) then
        since = before[1]
      end
      if tonumber(before[2]) > tonumber(finish) then
        finish = before[2]
      end
    end
  end
  redis.call('HSET', KEYS[1], name, since .. ' ' .. finish)
  redis.call('ZADD', KEYS[2], finish, name)
end
local era = redis.call('HGET', KEYS[3], 'era')
local number = redis.call('HINCRBY', KEYS[3], 'n', 1)
redis.call('PUBLISH', ARGV[6], era .. '\n' .. number .. '\n' .. since .. '\n' .. finish .. '\n' .. name)
return {era, number, since, finish}
