import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';

/** The id of the message that a form sends: the form's nonce, so that a second submission is the same message. */
export const clientIdOf = ({ locals }: Pick<RequestEvent, 'locals'>): string => locals.once ?? randomUUID();
