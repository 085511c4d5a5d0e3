-- Sends requests that were signed beforehand, each once: wrk ... -s wrk.lua URL -- HEADS BODY TARGETS RATE STOP_AFTER
-- HEADS    a file with the signed headers of one request a line, separated by tabs
-- BODY     the file with the body of all of them
-- TARGETS  a file of paths, taken in turn
-- RATE     requests a second, 0 for as many as the connections carry
-- STOP     requests after which to stop, 0 for when the time is over
-- Prints one line of JSON. When the lines are used up they are taken again from the top, which whoever checks replays will say.
local ffi = require('ffi')
local thread_of_run

function setup(thread)
  thread_of_run = thread
end

function init(args)
  local tails, paths, body, sent = {}, {}, nil, 0
  local file = assert(io.open(args[2], 'rb'))
  body = file:read('*a')
  file:close()
  local shared = 'Host: ' .. wrk.headers['Host'] .. '\r\nContent-Type: application/json\r\nContent-Length: ' .. #body .. '\r\n'
  for line in io.lines(args[1]) do
    tails[#tails + 1] = line:gsub('\t', '\r\n') .. '\r\n\r\n'
  end
  for path in io.lines(args[3]) do
    paths[#paths + 1] = 'POST ' .. path .. ' HTTP/1.1\r\n' .. shared
  end

  -- One request is asked for, and not sent, before the first: it must be the last line's.
  sent = #tails - 1
  function request()
    sent = sent + 1
    return paths[sent % #paths + 1] .. tails[sent % #tails + 1] .. body
  end

  late = 0
  local rate, stop = tonumber(args[4]), tonumber(args[5])
  if rate > 0 then pace(rate) end
  if stop > 0 then
    ffi.cdef('int getpid(); int kill(int, int);')
    local answered = 0
    function response()
      answered = answered + 1
      if answered == stop then
        wrk.thread:stop()
        -- As if interrupted from the keyboard: without it, wrk sits out its time when its thread has long stopped.
        ffi.C.kill(ffi.C.getpid(), 2)
      end
    end
  end
end

-- Each connection that is free takes the next slot of one timetable, so that the rate does not depend on the answers' time.
-- Slots that pass while no connection is free are counted: beyond a few, the latency would be told too low.
function pace(rate)
  ffi.cdef('typedef struct { long s; long ns; } moment; int clock_gettime(int, moment *);')
  local now, slot, start = ffi.new('moment'), 0, nil
  function delay()
    ffi.C.clock_gettime(1, now)
    local milliseconds = tonumber(now.s) * 1000 + tonumber(now.ns) / 1e6
    start = start or milliseconds
    slot = slot + 1
    local wait = start + slot * 1000 / rate - milliseconds
    if wait < -2 then late = late + 1 end
    return wait > 0 and math.floor(wait + 0.5) or 0
  end
end

function done(summary, latency)
  io.write(string.format(
    '\n{"requests":%d,"seconds":%f,"p50":%d,"p99":%d,"max":%d,"refused":%d,"broken":%d,"late":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99), latency.max,
    summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    thread_of_run:get('late')))
end
