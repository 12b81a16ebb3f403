-- Which of these streams there are.
-- KEYS positions
-- Answers the numbers of the keys that exist.
local positions = redis.call('MGET', unpack(KEYS))
local answer = {}
for i = 1, #KEYS do
  if positions[i] then
    answer[#answer + 1] = i
  end
end
return answer
