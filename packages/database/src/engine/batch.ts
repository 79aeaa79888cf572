/**
 * Gathers the keys that are asked for within one turn of the event loop and loads them together. What was asked for is read
 * after it was asked for, never before: no answer is older than its question, and nothing is kept.
 * @param load answers for all keys at once; a key without an answer resolves to null
 * @param max keys of one load
 */
export function batchedByTurn<Value>(
  load: (keys: number[]) => Promise<Map<number, Value>>,
  max = 256,
): (key: number) => Promise<Value | null> {
  let waiting = new Map<number, PromiseWithResolvers<Value | null>>();

  const flush = async () => {
    const batch = waiting;
    waiting = new Map();
    try {
      const found = await load([...batch.keys()]);
      for (const [key, { resolve }] of batch) resolve(found.get(key) ?? null);
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    }
  };

  return (key) => {
    const known = waiting.get(key);
    if (known) return known.promise;
    if (waiting.size >= max) void flush();
    if (waiting.size === 0) setImmediate(() => void (waiting.size > 0 && flush()));
    const entry = Promise.withResolvers<Value | null>();
    waiting.set(key, entry);
    return entry.promise;
  };
}
