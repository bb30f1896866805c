-- Gives back or keeps what an exchange took.
--
-- ARGV: now, the ticket, then five for each key: kind, amount, limit, window, and for an id what
-- becomes of it (D delivered, S spent, - free), else the mark of its taking.
local now = clock(ARGV[1])
local ticket = ARGV[2]
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 5
  local kind = ARGV[at + 1]
  local amount = tonumber(ARGV[at + 2])
  local limit = tonumber(ARGV[at + 3])
  local window = tonumber(ARGV[at + 4])
  local raw = redis.call('GET', key)
  if kind == 'O' then
    local known = raw and words(raw)
    -- Who took the id since, after the deadline, is not disturbed by a late settlement.
    if not known or (known[2] == 'F' and known[3] == ticket) then
      if ARGV[at + 5] == '-' then
        redis.call('DEL', key)
      else
        local text = exact(now + window) .. ' ' .. ARGV[at + 5] .. ' ' .. ticket
        redis.call('SET', key, text, 'PX', lifetime(window))
      end
    end
  elseif raw and kind == 'T' then
    local interval = math.max(1, math.floor(window * 1000 / limit)) / 1000
    local back = math.min(math.max(tonumber(ARGV[at + 5]) - now, 0), amount * interval)
    local full = tonumber(raw) - back
    if full > now then
      redis.call('SET', key, exact(full), 'PX', lifetime(full - now))
    else
      redis.call('DEL', key)
    end
  elseif raw and kind == 'P' then
    local known = words(raw)
    local left = tonumber(known[2]) - now
    if left > 0 then
      local sum = math.max(0, tonumber(known[1]) - amount)
      redis.call('SET', key, string.format('%.0f ', sum) .. known[2], 'PX', lifetime(left))
    end
  elseif raw and kind == 'C' then
    local state = window_at(raw, window, now)
    local age = state[1] - math.floor(tonumber(ARGV[at + 5]) / width(window))
    if age >= 0 and age <= 8 then
      state[2 + age] = math.max(0, state[2 + age] - amount)
      redis.call('SET', key, window_text(state, window), 'PX', lifetime(9 * width(window)))
    end
  end
end
return {1}
