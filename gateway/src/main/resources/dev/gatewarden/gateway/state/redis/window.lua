-- The sliding window of `count` claims: eight slots make a window, nine are counted.
local function width(window)
  return math.max(1, math.ceil(window / 8))
end

-- The state of a window at an instant: the newest slot's number, then the counts, newest first.
local function window_at(raw, window, now)
  local wide = width(window)
  local slot = math.floor(now / wide)
  local state = {slot, 0, 0, 0, 0, 0, 0, 0, 0, 0}
  if not raw then
    return state
  end
  local kept = words(raw)
  if tonumber(kept[1]) ~= wide then
    -- Another configuration changed the length: everything counted is counted as now.
    for i = 3, 11 do
      state[2] = state[2] + tonumber(kept[i])
    end
    moved = true
    return state
  end
  local steps = slot - tonumber(kept[2])
  if steps < 0 then
    -- Behind a clock that stepped back, what was counted is as old as it was.
    moved = steps < -1
    state[1] = moved and slot or tonumber(kept[2])
    steps = 0
  end
  for i = 0, 8 - math.min(9, steps) do
    state[2 + steps + i] = tonumber(kept[3 + i])
  end
  return state
end

local function used(state)
  local sum = 0
  for i = 2, 10 do
    sum = sum + state[i]
  end
  return sum
end

local function window_text(state, window)
  local text = string.format('%.0f %.0f', width(window), state[1])
  for i = 2, 10 do
    text = text .. string.format(' %.0f', state[i])
  end
  return text
end
