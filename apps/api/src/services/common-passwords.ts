import type { CommonPasswords } from '@assay/core';

/** The shortest base word that is looked up: "monkey" of "monkey2026!". */
const LENGTH_MIN = 5;

/**
 * The list of zxcvbn: nearly 50,000 passwords by how often breaches had them, 17,950 of them with eight characters or more. It is read
 * with the first question: commands, which ask none, start without it.
 */
export function commonPasswords(): CommonPasswords {
  let list: Promise<ReadonlySet<string>> | undefined;
  return {
    async has(password) {
      list ??= readList();
      return (await list).has(password);
    },
  };
}

export async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set((dictionary['passwords-common'] as readonly string[]).filter((password) => password.length >= LENGTH_MIN));
}
