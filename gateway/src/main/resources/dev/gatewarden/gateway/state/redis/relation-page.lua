-- KEYS: all relations. ARGV: where to begin, about how many. Answers where the rest begins, how
-- many there are, then objects and relations.
local page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', ARGV[2])
local all = {page[1], redis.call('HLEN', KEYS[1])}
for _, each in ipairs(page[2]) do
  all[#all + 1] = each
end
return all
