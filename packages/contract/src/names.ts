import { FORMER_MEMBER, NAME_MAX } from './choices.ts';
import { text, visibleText } from './text.ts';

/** An e-mail address within a text, also with the signs of other scripts. */
const ADDRESS = /[^\s<>()[\]",;:@＠﹫]+[@＠﹫](?:[^\s<>()[\]",;:@＠﹫.．。]+[.．。])+[^\s<>()[\]",;:@＠﹫.．。]{2,}/gu;

/** A name as others see it: an e-mail address that stands in an earlier one is shortened to "j…@". */
export function shownName(name: string): string {
  const visible = visibleText(name);
  return visible.search(ADDRESS) === -1
    ? name
    : visible.replace(ADDRESS, (address) => `${String.fromCodePoint(address.codePointAt(0)!)}…@`);
}

/** The name of a person or a store, which is public: no e-mail address, and not what stands in place of deleted names. */
export const PersonName = text({ name: 'A name', min: 1, max: NAME_MAX })
  .refine((name) => shownName(name) === name, {
    error: 'A name is public, so it cannot contain an e-mail address.',
  })
  .refine((name) => name.toLowerCase() !== FORMER_MEMBER.toLowerCase(), {
    error: 'This name is shown for deleted accounts. Choose another one.',
  });
