-- ARGV: now, the value, idle and absolute time. Answers whether the key was free.
local now = clock(ARGV[1])
local idle = tonumber(ARGV[3])
local finish = now + tonumber(ARGV[4])
local known = redis.call('HMGET', KEYS[1], 't', 'i', 'e')
if known[1]
  and now - tonumber(known[1]) < tonumber(known[2]) and now < tonumber(known[3]) then
  return {0}
end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 'n', '1', 'i', exact(idle), 't', exact(now), 'e', exact(finish))
redis.call('PEXPIRE', KEYS[1], lifetime(math.min(idle, finish - now)))
return {1}
