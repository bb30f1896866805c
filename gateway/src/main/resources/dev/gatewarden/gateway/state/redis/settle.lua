-- Gives back or keeps what an exchange took.
--
-- ARGV: now, the ticket, then six for each key: kind, amount, limit, window, and for an id what
-- becomes of it (D delivered, S spent, - free), else the mark of its taking, or X where everything
-- under the key is forgotten; the member.
local now = clock(ARGV[1])
local ticket = ARGV[2]
for i, key in ipairs(KEYS) do
  local at = 2 + (i - 1) * 6
  local kind = ARGV[at + 1]
  local amount = tonumber(ARGV[at + 2])
  local limit = tonumber(ARGV[at + 3])
  local window = tonumber(ARGV[at + 4])
  local mark = ARGV[at + 5]
  local blocked, raw = 0, nil
  if kind ~= 'D' and mark ~= 'X' then
    blocked, raw = parted(redis.call('GET', key))
  end
  if mark == 'X' then
    redis.call('DEL', key)
  elseif kind == 'O' then
    local known = raw and words(raw)
    -- Who took the id since, after the deadline, is not disturbed by a late settlement.
    if not known or (known[2] == 'F' and known[3] == ticket) then
      if mark == '-' then
        redis.call('DEL', key)
      else
        local text = exact(now + window) .. ' ' .. mark .. ' ' .. ticket
        redis.call('SET', key, text, 'PX', lifetime(window))
      end
    end
  elseif kind == 'D' then
    -- A member that others took since stays theirs.
    local seen = tonumber(redis.call('ZSCORE', key, ARGV[at + 6]) or '0')
    if mark ~= '0' and math.abs(seen - tonumber(mark)) < 0.5 then
      redis.call('ZREM', key, ARGV[at + 6])
    end
  elseif raw and kind == 'T' then
    local known = words(raw)
    -- Where another configuration changed the bucket meanwhile, nothing is given back: it cannot be
    -- told what has flowed back by itself.
    if not known[2] or (tonumber(known[2]) == limit and tonumber(known[3]) == window) then
      local back = math.min(math.max(tonumber(mark) - now, 0), amount * interval_of(limit, window))
      local full = tonumber(known[1]) - back
      if full > now or blocked > now then
        write(key, blocked, now, bucket_text(full, limit, window, known[4]), math.max(1, full - now))
      else
        redis.call('DEL', key)
      end
    end
  elseif raw and kind == 'P' then
    local known = words(raw)
    local left = tonumber(known[2]) - now
    if left > 0 then
      local sum = math.max(0, tonumber(known[1]) - amount)
      write(key, blocked, now, string.format('%.0f ', sum) .. known[2], left)
    end
  elseif raw and kind == 'C' then
    local state = window_at(raw, window, now)
    local age = state[1] - math.floor(tonumber(mark) / width(window))
    if age >= 0 and age <= 8 then
      state[2 + age] = math.max(0, state[2 + age] - amount)
      write(key, blocked, now, window_text(state, window), 9 * width(window))
    end
  end
end
return {1}
