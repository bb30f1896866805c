-- What a key holds: until when its owner is blocked, if at all, and the state behind it.
local function parted(raw)
  if raw and string.sub(raw, 1, 1) == 'B' then
    local space = string.find(raw, ' ', 1, true)
    local rest = string.sub(raw, space + 1)
    return tonumber(string.sub(raw, 2, space - 1)), rest ~= '' and rest or nil
  end
  return 0, raw or nil
end

local function write(key, blocked, now, text, micros)
  if blocked > now then
    text = 'B' .. exact(blocked) .. ' ' .. text
    micros = math.max(micros, blocked - now)
  end
  redis.call('SET', key, text, 'PX', lifetime(micros))
end

-- Microseconds until one more is in a bucket.
local function interval_of(limit, window)
  return math.max(1, math.floor(window * 1000 / limit)) / 1000
end

-- Whether what was read had to be moved to other settings or another clock, which has to be kept.
local moved = false

-- When a bucket is full again; where another configuration changed it, it holds no more than before.
local function full_at(text, limit, window, now)
  local known = text and words(text)
  local full = known and tonumber(known[1]) or 0
  local interval = interval_of(limit, window)
  if known and known[2] and full > now then
    local of = tonumber(known[2])
    local within = tonumber(known[3])
    if of ~= limit or within ~= window then
      local held = math.max(0, of - math.ceil((full - now) / interval_of(of, within) - 0.001))
      full = now + (limit - math.min(held, limit)) * interval
      moved = true
    end
  end
  -- Behind a clock that stepped back, nobody waits for longer than an empty bucket fills.
  local latest = math.max(now + limit * interval, known and tonumber(known[4] or '0') or 0)
  if full > latest then
    full = latest
    moved = true
  end
  return full
end

-- Behind an amount that was more than there was, `owed` says until when the bucket is emptier than
-- empty.
local function bucket_text(full, limit, window, owed)
  local text = exact(full) .. string.format(' %.0f %.0f', limit, window)
  return owed and text .. ' ' .. owed or text
end
