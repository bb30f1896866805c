-- ARGV: now. Answers {value, version}, or nothing; restarts the idle time.
local now = clock(ARGV[1])
local known = redis.call('HMGET', KEYS[1], 't', 'i', 'e', 'v', 'n')
if not known[1] then
  return {}
end
local idle = tonumber(known[2])
local finish = tonumber(known[3])
if now - tonumber(known[1]) >= idle or now >= finish then
  redis.call('DEL', KEYS[1])
  return {}
end
redis.call('HSET', KEYS[1], 't', exact(now))
redis.call('PEXPIRE', KEYS[1], lifetime(math.min(idle, finish - now)))
return {known[4], known[5]}
