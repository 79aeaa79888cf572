// What the shared level does in Redis, each step at once: no other client runs commands in between.

/**
 * Reads an entry, if all its tags are as they were before it was loaded; else says with which versions of the tags it may be
 * loaded now, and whether the caller is the one who shall do it: no reader waits for a load that an invalidation has overtaken. A tag without a version gets one: what was kept under a version
 * that Redis has lost is never used.
 *
 * KEYS entry, lock, tags …; ARGV a new version, life of versions in ms, name of the caller, life of the lock in ms
 */
export const TAKE = `
local versions = {}
for i = 3, #KEYS do
  local version = redis.call('GET', KEYS[i])
  if not version then
    version = ARGV[1]
    redis.call('SET', KEYS[i], version, 'PX', ARGV[2])
  end
  versions[#versions + 1] = version
end
local stamp = table.concat(versions, ',') .. '|'
local entry = redis.call('GET', KEYS[1])
if entry and string.sub(entry, 1, #stamp) == stamp then
  return { 'hit', stamp, string.sub(entry, #stamp + 1), redis.call('PTTL', KEYS[1]) }
end
for i = 3, #KEYS do redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
local holder = redis.call('GET', KEYS[2])
if holder and string.sub(holder, 1, #stamp) == stamp then return { 'wait', stamp } end
redis.call('SET', KEYS[2], stamp .. ARGV[3], 'PX', ARGV[4])
return { 'load', stamp }`;

/** KEYS entry, lock; ARGV stamp and value, life in ms, stamp and name of the caller. Without a value it only lets go of the lock. */
export const KEEP = `
if ARGV[1] ~= '' then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end
if redis.call('GET', KEYS[2]) == ARGV[3] then redis.call('DEL', KEYS[2]) end
return 1`;

/**
 * Gives tags a new version, once for each event, whichever process is first.
 *
 * KEYS mark of the event, tags …; ARGV a new version, life of versions in ms, life of the mark in ms
 */
export const INVALIDATE = `
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[3]) then return 0 end
for i = 2, #KEYS do redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2]) end
return 1`;
