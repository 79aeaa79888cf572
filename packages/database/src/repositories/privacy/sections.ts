import { ACCOUNT, FILES } from './account-sections.ts';
import { BUYER, SELLER } from './market-sections.ts';
import { MESSAGES } from './message-sections.ts';
import { MONEY } from './money-sections.ts';
import type { Section } from './section.ts';

/** Every file of an export, in its order. */
export const SECTIONS: readonly Section[] = [...ACCOUNT, ...BUYER, ...SELLER, ...MONEY, ...MESSAGES, ...FILES];
