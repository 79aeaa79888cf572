import type { Cookies } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { setFlash, takeFlash } from './flash.ts';

function browser(text?: string) {
  const jar = new Map(text === undefined ? [] : [['assay_flash', text]]);
  const cookies = {
    get: (name: string) => jar.get(name),
    set: (name: string, value: string) => void jar.set(name, value),
    delete: (name: string) => void jar.delete(name),
  } as unknown as Cookies;
  const event = { cookies, url: new URL('http://shop.example/') };
  const ask = (isDataRequest: boolean) => takeFlash({ ...event, isDataRequest });
  return { event, document: () => ask(false), data: () => ask(true) };
}

describe('a sentence for the next page', () => {
  it('is shown once by a document', () => {
    const { event, document } = browser();
    setFlash(event, { message: 'Saved.' });
    expect(document()).toMatchObject({ message: 'Saved.' });
    expect(document()).toBeNull();
  });

  it('stays for the page itself when a live page reads again meanwhile', () => {
    const { event, data, document } = browser();
    setFlash(event, { message: 'Gone.', undo: { label: 'Put back', action: '/ratings?/restore', id: 7 } });
    const first = data();
    expect(first).toMatchObject({ message: 'Gone.', undo: { id: 7 } });
    expect(data()).toEqual(first); // at the same moment: the same sentence
    expect(document()).toEqual(first);
  });

  it.each(['nonsense', '{}', '{"message":1,"at":1}', '{"message":"Without a time."}'])('is not made of %s', (text) => {
    expect(browser(text).document()).toBeNull();
  });

  it('never leads to an action of another site', () => {
    const undo = { label: 'Put back', action: 'https://evil.example/?/restore', id: 7 };
    expect(browser(JSON.stringify({ message: 'Gone.', at: 1, undo })).document()).toEqual({ message: 'Gone.', at: 1 });
  });
});
