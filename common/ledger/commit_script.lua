-- Commits one change to one scope: first every check, then the writes, for a
-- script that fails half-way is not rolled back. All keys begin with KEYS[1],
-- which holds the hash tag, so they live in one slot.
--
-- KEYS[1]  the scope's prefix, "concord:{SCOPE}"
-- ARGV     read from the front by take(): see commit_arguments.cc, which writes
--          them in the same order.
-- Returns  {"committed", revision, time, digest, epoch}
--          {"remembered", value of the request key}
--          {"conflict" | "diverged", revision, time, digest, epoch}
--          {"taken", value, holder, revision}
local prefix = KEYS[1]
local at = 0
local function take()
  at = at + 1
  return ARGV[at]
end
local function take_number() return tonumber(take()) end
local function exact(number) return string.format('%.0f', number) end

local request_key = prefix .. ':request:' .. take()
local request_record = take()
local request_seconds = take()
local body = take()
local body_sha256 = take()
local seen_epoch = take()
local seen_revision = take_number()
local seen_digest = take()
local new_epoch = take()
local segment_length = take_number()

local remembered = redis.call('GET', request_key)
if remembered then return {'remembered', remembered} end

local head_key = prefix .. ':head'
local head = redis.call('HMGET', head_key, 'revision', 'digest', 'time', 'epoch')
local revision = tonumber(head[1] or '0')
local digest = head[2] or ''
local time = tonumber(head[3] or '0')
local epoch = head[4] or new_epoch
local function refused(why) return {why, exact(revision), exact(time), digest, head[4] or ''} end
local function is_taken(value, holder) return {'taken', value, holder, exact(revision)} end
local function segment_key(of) return prefix .. ':log:' .. exact(math.floor((of - 1) / segment_length)) end

-- Was the state that the caller looked at ever a state of this scope?
if seen_revision > revision or (seen_revision > 0 and seen_epoch ~= epoch) then return refused('diverged') end
if seen_revision == revision and seen_digest ~= digest then return refused('diverged') end
local moved = seen_revision < revision
if moved and seen_revision > 0 then
  local id = exact(seen_revision) .. '-0'
  local entry = redis.call('XRANGE', segment_key(seen_revision), id, id)[1]
  if not entry or entry[2][6] ~= seen_digest then return refused('diverged') end
end

-- Where nothing was committed since, everything that was looked at is as it was.
for _ = 1, take_number() do
  local collection, name, expected = take(), take(), take_number()
  if moved then
    local record = redis.call('HGET', prefix .. ':state:' .. collection, name)
    local found = record and tonumber(string.match(record, '^%d+')) or 0
    if found ~= expected then return refused('conflict') end
  end
end
for _ = 1, take_number() do
  local collection, expected = take(), take_number()
  if moved then
    local found = tonumber(redis.call('HGET', prefix .. ':collections', collection) or '0')
    if found ~= expected then return refused('conflict') end
  end
end

local unique_key = prefix .. ':unique'
local releases = {}
for _ = 1, take_number() do
  local value, name = take(), take()
  releases[value] = name
end
local reservations = {}
for _ = 1, take_number() do
  local value, name = take(), take()
  -- Two resources of one commit may want the same value, too.
  if reservations[value] and reservations[value] ~= name then return is_taken(value, reservations[value]) end
  local holder = redis.call('HGET', unique_key, value)
  if holder and holder ~= name and releases[value] ~= holder then return is_taken(value, holder) end
  reservations[value] = name
end

-- Everything holds. The log first: it is the truth, and the first write is the
-- one that a full memory refuses.
local change_count = take_number()
if change_count > 0 then
  local now = redis.call('TIME')
  revision = revision + 1
  time = math.max(tonumber(now[1]) * 1000000 + tonumber(now[2]), time + 1)
  digest = redis.sha1hex(digest .. ':' .. exact(revision) .. ':' .. exact(time) .. ':' .. body_sha256)
  redis.call('XADD', segment_key(revision), exact(revision) .. '-0', 'b', body, 't', exact(time), 'd', digest)
  local stamp = exact(revision) .. ' ' .. exact(time) .. ' '
  local mark = ' ' .. string.sub(digest, 1, 16) .. '\n'
  for _ = 1, change_count do
    local collection, name, ended, created, image = take(), take(), take(), take(), take()
    local state_key = prefix .. ':state:' .. collection
    if ended == '1' then
      redis.call('HDEL', state_key, name)
    else
      if created == '0' then created = exact(time) end
      redis.call('HSET', state_key, name, stamp .. created .. mark .. image)
    end
    redis.call('HSET', prefix .. ':collections', collection, exact(revision))
  end
  for value, name in pairs(releases) do
    if redis.call('HGET', unique_key, value) == name then redis.call('HDEL', unique_key, value) end
  end
  for value, name in pairs(reservations) do redis.call('HSET', unique_key, value, name) end
  redis.call('HSET', head_key, 'revision', exact(revision), 'digest', digest, 'time', exact(time), 'epoch', epoch)
end
redis.call('SET', request_key, exact(revision) .. ' ' .. epoch .. '\n' .. request_record, 'EX', request_seconds)
return {'committed', exact(revision), exact(time), digest, revision > 0 and epoch or ''}
