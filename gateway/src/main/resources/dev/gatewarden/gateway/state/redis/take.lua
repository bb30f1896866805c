-- Takes all claims of one exchange, or none.
--
-- ARGV: now, microseconds until the deadline, the ticket, the most keys, then seven for each key:
-- kind, amount, limit, window, kept, block, member. Answers {1, limit, remaining, reset, position of
-- the tightest, mark…} or
-- {0, position, cause, wait}.
local now = clock(ARGV[1])
local deadline = now + tonumber(ARGV[2])
local ticket = ARGV[3]
local most = tonumber(ARGV[4])
local states = {}
local before = {}
local blocks = {}
local lives = {}
local members = {}
local fresh = 0
local marks = {}
local tightest = {0, 0, 0, 0}
local position = 0

-- Whether there is no room for a key that is not there yet.
local function full()
  fresh = fresh + 1
  if fresh == 1 then
    fresh = redis.call('DBSIZE') + 1
  end
  return fresh > most
end

local function read(key)
  if states[key] == nil then
    local raw = redis.call('GET', key)
    if not raw and full() then
      return nil, true
    end
    local blocked, rest = parted(raw)
    blocks[key] = blocked
    before[key] = rest
    states[key] = rest or false
  end
  return states[key], false
end

local function keep(key, text, micros)
  states[key] = text
  lives[key] = micros
end

-- Of what the fewest requests like this one are left.
local fewest = math.huge
local function tighter(limit, remaining, reset, amount)
  local left = math.floor(remaining / amount)
  if left < fewest then
    fewest = left
    tightest = {limit, remaining, reset, position}
  end
end

-- What was moved to other settings or another clock stays so, whether more is taken or not.
local function move(key, text, micros)
  if moved then
    before[key] = text
    write(key, blocks[key], now, text, micros)
  end
end

local function refused(i, cause, wait)
  return {0, i, cause, exact(wait)}
end

-- Who is refused may be blocked by it; a member of the set says so where members are counted.
local function spent(i, key, kind, block, wait)
  if block > 0 then
    local life = math.max(block, redis.call('PTTL', key) * 1000)
    if kind == 'D' then
      redis.call('ZADD', key, exact(now + block), 'block')
      redis.call('PEXPIRE', key, lifetime(life))
    else
      write(key, now + block, now, before[key] or '', life)
    end
    if wait >= 0 then
      wait = math.max(wait, block)
    end
  end
  return refused(i, 'SPENT', wait)
end

for i, key in ipairs(KEYS) do
  position = i
  local at = 4 + (i - 1) * 7
  local kind = ARGV[at + 1]
  local amount = tonumber(ARGV[at + 2])
  local limit = tonumber(ARGV[at + 3])
  local window = tonumber(ARGV[at + 4])
  local always = ARGV[at + 5] == 'A'
  local block = tonumber(ARGV[at + 6])
  local raw, crowded
  if kind == 'D' then
    if not members[key] then
      members[key] = {count = 0, seen = {}, life = window, blocked = 0}
      crowded = redis.call('EXISTS', key) == 0 and full()
      members[key].blocked = tonumber(redis.call('ZSCORE', key, 'block') or '0')
    end
    blocks[key] = members[key].blocked
  else
    raw, crowded = read(key)
  end
  if crowded then
    return refused(i, 'FULL', 1000000)
  end
  if block > 0 then
    -- A clock that steps back must not block for longer than was said.
    if blocks[key] > now + block then
      return spent(i, key, kind, block, block)
    elseif blocks[key] > now then
      return refused(i, 'SPENT', blocks[key] - now)
    end
  end
  marks[i] = '0'
  moved = false
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
  elseif amount > limit then
    return spent(i, key, kind, block, -1)
  elseif kind == 'T' then
    local interval = interval_of(limit, window)
    local full = math.max(full_at(raw, limit, window, now), now)
    move(key, bucket_text(full, limit, window), full - now)
    local after = full + amount * interval
    local wait = after - now - limit * interval
    if wait > 0.5 then
      return spent(i, key, kind, block, wait)
    end
    keep(key, bucket_text(after, limit, window), after - now)
    marks[i] = exact(after)
    tighter(limit, math.max(0, limit - math.ceil((after - now) / interval - 0.001)), after - now, amount)
  elseif kind == 'P' then
    local known = raw and words(raw)
    local left = known and tonumber(known[2]) - now or 0
    local sum = left > 0 and tonumber(known[1]) or 0
    if sum + amount > limit then
      return spent(i, key, kind, block, left)
    end
    local finish = math.max(left, window)
    keep(key, string.format('%.0f ', sum + amount) .. exact(now + finish), finish)
    marks[i] = exact(now)
    tighter(limit, limit - sum - amount, finish, amount)
  elseif kind == 'D' then
    local member = ARGV[at + 7]
    local wanted = members[key]
    local seen = tonumber(redis.call('ZSCORE', key, member) or '0')
    local known = seen + window > now or wanted.seen[member]
    if not known then
      redis.call('ZREMRANGEBYSCORE', key, '-inf', exact(now - window))
      local blocking = redis.call('ZSCORE', key, 'block') and 1 or 0
      if redis.call('ZCARD', key) - blocking + wanted.count >= limit then
        local oldest = redis.call('ZRANGE', key, 0, 1, 'WITHSCORES')
        local first = oldest[1] == 'block' and 4 or 2
        return spent(i, key, kind, block, math.max(0, tonumber(oldest[first] or now) + window - now))
      end
      wanted.count = wanted.count + 1
    end
    if not wanted.seen[member] then
      -- No two exchanges see it at the same instant, so that a mark is that of one of them.
      wanted.seen[member] = math.max(now, seen + 1)
      marks[i] = known and '0' or exact(wanted.seen[member])
    end
    wanted.life = math.max(wanted.life, window, wanted.blocked - now)
  else
    local state = window_at(raw, window, now)
    move(key, window_text(state, window), 9 * width(window))
    local sum = used(state)
    if sum + amount > limit then
      local slot = 10
      while sum + amount > limit do
        sum = sum - state[slot]
        slot = slot - 1
      end
      return spent(i, key, kind, block, (state[1] + 10 - slot) * width(window) - now)
    end
    state[2] = state[2] + amount
    keep(key, window_text(state, window), 9 * width(window))
    marks[i] = exact(now)
    tighter(limit, limit - sum - amount, (state[1] + 9) * width(window) - now, amount)
  end
end

for key, life in pairs(lives) do
  write(key, blocks[key], now, states[key], life)
end
for key, wanted in pairs(members) do
  for member, seen in pairs(wanted.seen) do
    redis.call('ZADD', key, exact(seen), member)
  end
  redis.call('PEXPIRE', key, lifetime(wanted.life + 1000))
end
local answer = {1, tightest[1], tightest[2], exact(tightest[3]), tightest[4]}
for i = 1, #marks do
  answer[5 + i] = marks[i]
end
return answer
