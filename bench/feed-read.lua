-- wrk: the same request with the token of one reader after the other (a token a line in $TOKENS).
local requests = {}
local at = 0

function init(args)
  for token in io.lines(os.getenv("TOKENS")) do
    requests[#requests + 1] =
      wrk.format("GET", nil, { Host = wrk.host, Authorization = "Bearer " .. token })
  end
  math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647)
  at = math.random(#requests)
end

function request()
  at = at % #requests + 1
  return requests[at]
end
