/** Keeps what was typed and not sent over a reload, in this tab. A browser that refuses storage keeps nothing. */
const keyOf = (place: string): string => `assay:draft:${place}`;

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

export const readDraft = (place: string): string => attempt(() => sessionStorage.getItem(keyOf(place))) ?? '';

export function keepDraft(place: string, text: string): void {
  attempt(() => (text === '' ? sessionStorage.removeItem(keyOf(place)) : sessionStorage.setItem(keyOf(place), text)));
}
