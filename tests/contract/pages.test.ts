import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { LINK_PAGES, PAGES } from '@assay/contract';
import { ROOT } from '@assay/api';
import { describe, expect, it } from 'vitest';

const SRC = path.join(ROOT, 'apps/web/src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));

/** The routes of the pages, as patterns of their paths. */
const routes = files
  .filter((file) => /^routes\/(.*\/)?\+page\.svelte$/.test(file))
  .map(
    (file) =>
      new RegExp(
        `^/${file
          .replace(/^routes\//, '')
          .replace(/\/?\+page\.svelte$/, '')
          .replaceAll(/\[\w+\]/g, '[^/]+')}$`,
      ),
  );

const ARGUMENTS: Record<string, string> = {
  onboardingStep: 'payout',
  confirmEmail: 'token',
  resetPassword: 'token',
  emailChange: 'token',
  flag: 'seller-ratings',
};
const addresses = Object.entries(PAGES).map(([name, address]) => {
  const make = address as string | ((...given: unknown[]) => string);
  return [name, typeof make === 'string' ? make : make(ARGUMENTS[name] ?? 7, 8)] as const;
});

describe('the table of page addresses', () => {
  it.each(addresses)('%s is a page: %s', (_name, address) => {
    const { pathname } = new URL(address, 'http://ours.invalid');
    expect(
      routes.some((route) => route.test(pathname)),
      pathname,
    ).toBe(true);
  });
});

it('every page whose address holds a token is one that logs know', () => {
  const withToken = files.filter((file) => /\[\w*token\w*\]\/\+page\.svelte$/i.test(file)).map((file) => /^routes(\/.*)\[/.exec(file)![1]);
  expect(new Set(withToken)).toEqual(new Set(Object.values(LINK_PAGES)));
});

describe('forms that change something', () => {
  // Each with its reason: the cookie is set while the page shows the theme already; these three send files to the API itself;
  // two are answered with a file, which the browser saves while the page stays as it is.
  const OWN_FORM = [
    'ThemeSwitch.svelte',
    'ImageUploader.svelte',
    'Documents.svelte',
    'DisputePanel.svelte',
    'DownloadData.svelte',
    'BankFiles.svelte',
  ];
  const components = files.filter((file) => file.endsWith('.svelte') && path.basename(file) !== 'Form.svelte');

  it('are the one component, which sends an idempotency key and is busy meanwhile', () => {
    const others = components.filter((file) => /<form\b[^>]*method="post"|use:enhance/.test(readFileSync(path.join(SRC, file), 'utf8')));
    expect(others.map((file) => path.basename(file)).toSorted()).toEqual(OWN_FORM.toSorted());
  });

  it('go to the one form action', () => {
    const handwritten = files
      .filter((file) => file.startsWith('routes/') && file.endsWith('.server.ts'))
      .filter((file) => {
        const text = readFileSync(path.join(SRC, file), 'utf8');
        return /request\.(clone\(\)\.)?formData\(\)/.test(text);
      });
    expect(handwritten).toEqual([]);
  });
});
