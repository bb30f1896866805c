-- Takes an amount, whether it is there or not.
--
-- ARGV: now, the most keys, kind, amount, limit, window.
local now = clock(ARGV[1])
local key = KEYS[1]
local kind = ARGV[3]
local amount = tonumber(ARGV[4])
local limit = tonumber(ARGV[5])
local window = tonumber(ARGV[6])
local blocked, raw = parted(redis.call('GET', key))
if not raw and redis.call('DBSIZE') >= tonumber(ARGV[2]) then
  return {0}
end
if kind == 'T' then
  local century = 3153600000000000
  local full = math.max(full_at(raw, limit, window, now), now)
  full = math.min(full + amount * interval_of(limit, window), now + century)
  write(key, blocked, now, bucket_text(full, limit, window, exact(full)), full - now)
elseif kind == 'P' then
  local known = raw and words(raw)
  local left = known and tonumber(known[2]) - now or 0
  local sum = left > 0 and tonumber(known[1]) or 0
  local finish = math.max(left, window)
  local text = string.format('%.0f ', sum + amount) .. exact(now + finish)
  write(key, blocked, now, text, finish)
elseif kind == 'C' then
  local state = window_at(raw, window, now)
  state[2] = state[2] + amount
  write(key, blocked, now, window_text(state, window), 9 * width(window))
end
return {1}
