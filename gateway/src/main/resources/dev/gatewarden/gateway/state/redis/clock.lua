-- Microseconds since 2020: as told, else as this server's clock says.
local function clock(told)
  if told ~= '' then
    return tonumber(told)
  end
  local time = redis.call('TIME')
  return (tonumber(time[1]) - 1577836800) * 1000000 + tonumber(time[2])
end

-- Numbers as text; `tostring` would cut them.
local function exact(number)
  return string.format('%.3f', number)
end

-- Milliseconds that a key is worth keeping, at least one.
local function lifetime(micros)
  return string.format('%.0f', math.max(1, math.ceil(micros / 1000) + 1))
end

local function words(text)
  local all = {}
  for word in string.gmatch(text, '[^ ]+') do
    all[#all + 1] = word
  end
  return all
end
