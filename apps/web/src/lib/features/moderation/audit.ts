export interface Pair {
  key: string;
  value: string;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const isObject = (value: Json): value is Record<string, Json> => typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: Json): string {
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (isObject(value))
    return Object.entries(value)
      .map(([key, inner]) => `${key}: ${shown(inner)}`)
      .join(', ');
  return value === null || value === '' ? 'none' : String(value);
}

/** What an entry of the audit log says, as names and values; text that is no JSON stays as it is. */
export function detailPairs(detail: string | null): Pair[] {
  if (detail === null || detail === '') return [];
  let parsed: Json;
  try {
    parsed = JSON.parse(detail) as Json;
  } catch {
    return [{ key: 'detail', value: detail }];
  }
  if (!isObject(parsed)) return [{ key: 'detail', value: shown(parsed) }];
  return Object.entries(parsed).map(([key, value]) => ({ key, value: shown(value) }));
}
