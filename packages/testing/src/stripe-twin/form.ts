/** A value of a form as Stripe's SDK writes it: "metadata[order]=7" is `{ metadata: { order: '7' } }`. */
export type FormValue = string | { [name: string]: FormValue };
export type Form = Record<string, FormValue>;

/** Reads the body or the query of a request. */
export function parseForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter(Boolean);
    let place = form;
    for (const part of path.slice(0, -1)) {
      const next = place[part];
      place = typeof next === 'object' ? next : (place[part] = {});
    }
    place[path.at(-1)!] = value;
  }
  return form;
}

/** The text of a field; empty where it is missing. */
export const textOf = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value : '';
};

/** Fields of one level, such as the metadata. */
export const recordOf = (form: Form, name: string): Record<string, string> => {
  const value = form[name];
  if (typeof value !== 'object') return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
};
