import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';

const directory = process.env.E2E_MAIL ?? '';

/** E-mail to an address that was written so far, newest last. */
function mailTo(address: string): string[] {
  if (!existsSync(directory)) return []; // the first one makes it
  const files = readdirSync(directory).filter((name) => name.endsWith('.eml'));
  const letters = files.sort().map((name) => readFileSync(path.join(directory, name), 'utf8').replaceAll('=\n', ''));
  return letters.filter((letter) => letter.includes(`To: ${address}`));
}

/** Waits for an e-mail to an address that contains this text. */
export async function letterTo(address: string, words: string): Promise<string> {
  const found = () => mailTo(address).find((letter) => letter.includes(words)) ?? '';
  await expect.poll(found).not.toBe('');
  return found();
}

/** The path of the link that confirms an address. */
export async function confirmationLink(address: string): Promise<string> {
  return /\/confirm-email\/[\w-]{32}/.exec(await letterTo(address, 'Confirm your e-mail address'))![0];
}
