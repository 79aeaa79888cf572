import { FORMER_MEMBER, NAME_MAX } from './choices.ts';
import { text, visibleText } from './text.ts';

/** An e-mail address within a text, also with the signs of other scripts. */
const ADDRESS = /[^\s<>()[\]",;:@＠﹫]+[@＠﹫](?:[^\s<>()[\]",;:@＠﹫.．。]+[.．。])+[^\s<>()[\]",;:@＠﹫.．。]{2,}/gu;

/** How an e-mail address is shown that stands in a name: "j…@". */
const masked = (address: string): string => `${/[\p{L}\p{N}]/u.exec(address)?.[0] ?? ''}…@`;

/** A name as others see it: an e-mail address that stands in an earlier one is masked in its place. */
export function shownName(name: string): string {
  const visible = visibleText(name);
  return visible.search(ADDRESS) === -1 ? name : visible.replace(ADDRESS, masked);
}

/** An address with what mail programmes write around it: brackets, and mailto. Its domain may be anything. */
const WRITTEN_ADDRESS = /[<([]?(?:mailto:)?[^\s<>()[\]",;:@＠﹫]+[@＠﹫][^\s<>()[\]",;:]+[.．。][^\s<>()[\]",;:]+[>)\]]?/gu;

/** A name without e-mail addresses, as buyers are shown: what else it says, or the masked address where it is nothing else. */
export function withoutAddresses(name: string): string {
  const [address] = name.match(WRITTEN_ADDRESS) ?? [];
  if (address === undefined) return /\S[@＠﹫]\S*[.．。]\S/u.test(name) ? 'Buyer' : name;
  const rest = name.replace(WRITTEN_ADDRESS, '').replace(/\s+/g, ' ').trim();
  return /\p{L}/u.test(rest) ? withoutAddresses(rest) : masked(address.replace(/mailto:/u, ''));
}

/** The name of a person or a store, which is public: no e-mail address, and not what stands in place of deleted names. */
export const PersonName = text({ name: 'A name', min: 1, max: NAME_MAX })
  .refine((name) => shownName(name) === name, {
    error: 'A name is public, so it cannot contain an e-mail address.',
  })
  .refine((name) => name.toLowerCase() !== FORMER_MEMBER.toLowerCase(), {
    error: 'This name is shown for deleted accounts. Choose another one.',
  });
