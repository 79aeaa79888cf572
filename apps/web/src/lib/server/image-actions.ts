import { ERRORS, IMAGE_PURPOSES, type ErrorCode } from '@assay/contract';
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { action } from './action.ts';
import { formOf, id, text, valueOf } from './form.ts';
import { cookiesOf } from './session.ts';

/** The image, and what it belongs to. */
const TARGET = { purpose: valueOf(z.enum(IMAGE_PURPOSES)), subjectId: id, imageId: id };
const next = ({ event: { url } }: { event: RequestEvent }) => `${url.pathname}#images`;

/** The forms of an ImageUploader, for browsers without JavaScript. */
export const imageActions = {
  describeImage: action({
    read: formOf({ ...TARGET, alt: text }),
    call: (api, input) => api.images.describe.mutate(input),
    say: 'Alt text saved.',
    next,
  }),
  moveImage: action({
    read: formOf({ ...TARGET, order: text }),
    call: (api, { purpose, subjectId, order }) => api.images.reorder.mutate({ purpose, subjectId, order: order.split(',').map(Number) }),
    say: 'Order saved.',
    next,
  }),
  removeImage: action({
    read: formOf(TARGET),
    call: (api, input) => api.images.detach.mutate(input),
    say: 'Image removed.',
    next,
  }),
};

/** For an ImageUploader: the token that its form without JavaScript needs, and why the API refused the last upload. */
export function uploadForm({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>) {
  const code = url.searchParams.get('imageError') ?? '';
  const refusal = Object.hasOwn(ERRORS, code)
    ? { purpose: url.searchParams.get('imageFor'), message: ERRORS[code as ErrorCode].message }
    : null;
  return { csrf: cookies.get(cookiesOf({ url }).csrf) ?? '', refusal };
}
