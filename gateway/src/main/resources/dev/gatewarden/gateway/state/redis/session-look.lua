-- ARGV: now. Answers {value, version}, or nothing; the idle time goes on.
local now = clock(ARGV[1])
local known = redis.call('HMGET', KEYS[1], 't', 'i', 'e', 'v', 'n')
if not known[1] or now - tonumber(known[1]) >= tonumber(known[2]) or now >= tonumber(known[3]) then
  return {}
end
return {known[4], known[5]}
