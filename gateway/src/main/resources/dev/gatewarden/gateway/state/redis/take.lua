-- Takes all claims of one exchange, or none.
--
-- ARGV: now, microseconds until the deadline, the ticket, the most keys, then five for each key:
-- kind, amount, limit, window, kept. Answers {1, limit, remaining, reset, mark…} or
-- {0, position, cause, wait}.
local now = clock(ARGV[1])
local deadline = now + tonumber(ARGV[2])
local ticket = ARGV[3]
local most = tonumber(ARGV[4])
local states = {}
local lives = {}
local fresh = 0
local marks = {}
local tightest = {0, 0, 0}

local function read(key)
  if states[key] == nil then
    states[key] = redis.call('GET', key)
    if not states[key] then
      fresh = fresh + 1
      if fresh == 1 then
        fresh = redis.call('DBSIZE') + 1
      end
      if fresh > most then
        return nil, true
      end
    end
  end
  return states[key], false
end

local function keep(key, text, micros)
  states[key] = text
  lives[key] = lifetime(micros)
end

-- Of what the fewest requests like this one are left.
local fewest = math.huge
local function tighter(limit, remaining, reset, amount)
  local left = math.floor(remaining / amount)
  if left < fewest then
    fewest = left
    tightest = {limit, remaining, reset}
  end
end

local function refused(i, cause, wait)
  return {0, i, cause, exact(wait)}
end

for i, key in ipairs(KEYS) do
  local at = 4 + (i - 1) * 5
  local kind = ARGV[at + 1]
  local amount = tonumber(ARGV[at + 2])
  local limit = tonumber(ARGV[at + 3])
  local window = tonumber(ARGV[at + 4])
  local always = ARGV[at + 5] == 'A'
  local raw, full = read(key)
  if full then
    return refused(i, 'FULL', 1000000)
  end
  marks[i] = '0'
  if kind == 'O' then
    if raw then
      local known = words(raw)
      local left = tonumber(known[1]) - now
      if left > 0 then
        local cause = {F = 'IN_FLIGHT', D = 'DELIVERED', S = 'SPENT'}
        return refused(i, cause[known[2]], left)
      end
    end
    if always then
      keep(key, exact(now + window) .. ' S ' .. ticket, window)
    else
      keep(key, exact(deadline) .. ' F ' .. ticket, deadline - now)
    end
  elseif kind == 'T' then
    local interval = math.max(1, math.floor(window * 1000 / limit)) / 1000
    if amount > limit then
      return refused(i, 'SPENT', -1)
    end
    local after = math.max(raw and tonumber(raw) or 0, now) + amount * interval
    local wait = after - now - limit * interval
    if wait > 0.5 then
      return refused(i, 'SPENT', wait)
    end
    keep(key, exact(after), after - now)
    marks[i] = exact(after)
    tighter(limit, math.max(0, limit - math.ceil((after - now) / interval - 0.001)), after - now, amount)
  elseif kind == 'P' then
    local known = raw and words(raw)
    local left = known and tonumber(known[2]) - now or 0
    local sum = left > 0 and tonumber(known[1]) or 0
    if amount > limit then
      return refused(i, 'SPENT', -1)
    end
    if sum + amount > limit then
      return refused(i, 'SPENT', left)
    end
    local finish = math.max(left, window)
    keep(key, string.format('%.0f ', sum + amount) .. exact(now + finish), finish)
    marks[i] = exact(now)
    tighter(limit, limit - sum - amount, finish, amount)
  else
    local state = window_at(raw, window, now)
    local sum = used(state)
    if amount > limit then
      return refused(i, 'SPENT', -1)
    end
    if sum + amount > limit then
      local slot = 10
      while sum + amount > limit do
        sum = sum - state[slot]
        slot = slot - 1
      end
      return refused(i, 'SPENT', (state[1] + 10 - slot) * width(window) - now)
    end
    state[2] = state[2] + amount
    keep(key, window_text(state, window), 9 * width(window))
    marks[i] = exact(now)
    tighter(limit, limit - sum - amount, (state[1] + 9) * width(window) - now, amount)
  end
end

for key, life in pairs(lives) do
  redis.call('SET', key, states[key], 'PX', life)
end
local answer = {1, tightest[1], tightest[2], exact(tightest[3])}
for i = 1, #marks do
  answer[4 + i] = marks[i]
end
return answer
