-- ARGV: now, the version that was read, the new value. Answers whether nobody else replaced it.
local now = clock(ARGV[1])
local known = redis.call('HMGET', KEYS[1], 't', 'i', 'e', 'n')
if not known[1] or known[4] ~= ARGV[2] then
  return {0}
end
local idle = tonumber(known[2])
local finish = tonumber(known[3])
if now - tonumber(known[1]) >= idle or now >= finish then
  redis.call('DEL', KEYS[1])
  return {0}
end
local version = string.format('%.0f', tonumber(known[4]) + 1)
redis.call('HSET', KEYS[1], 't', exact(now), 'v', ARGV[3], 'n', version)
redis.call('PEXPIRE', KEYS[1], lifetime(math.min(idle, finish - now)))
return {1}
