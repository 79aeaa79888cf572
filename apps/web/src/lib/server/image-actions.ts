import { ERRORS, IMAGE_PURPOSES, type ErrorCode, type ImagePurpose } from '@assay/contract';
import { error, type RequestEvent } from '@sveltejs/kit';
import { act } from './act.ts';
import { textOf } from './form.ts';
import { idOf } from './guards.ts';
import { COOKIES } from './session.ts';

interface Target {
  purpose: ImagePurpose;
  subjectId: number;
  imageId: number;
}

/** Which image of which place a form is about. */
function targetOf(form: FormData): Target {
  const purpose = IMAGE_PURPOSES.find((known) => known === form.get('purpose'));
  const subjectId = idOf(form.get('subjectId'));
  const imageId = idOf(form.get('imageId'));
  if (!purpose || subjectId === null || imageId === null) error(400, ERRORS.BAD_REQUEST.message);
  return { purpose, subjectId, imageId };
}

const pageOf = ({ url }: RequestEvent) => `${url.pathname}#images`;

/** What the forms of an ImageUploader do where there are no scripts. */
export const imageActions = {
  describeImage: (event: RequestEvent) =>
    act(event, {
      call: (form) => event.locals.api.images.describe.mutate({ ...targetOf(form), alt: textOf(form, 'alt') }),
      done: 'Saved.',
      next: pageOf(event),
    }),
  moveImage: (event: RequestEvent) =>
    act(event, {
      call: (form) => {
        const { purpose, subjectId } = targetOf(form);
        return event.locals.api.images.reorder.mutate({ purpose, subjectId, order: textOf(form, 'order').split(',').map(Number) });
      },
      done: 'The order is changed.',
      next: pageOf(event),
    }),
  removeImage: (event: RequestEvent) =>
    act(event, {
      call: (form) => event.locals.api.images.detach.mutate(targetOf(form)),
      done: 'The image is removed.',
      next: pageOf(event),
    }),
};

/** What a page tells an ImageUploader: proof that its form is ours, and why the API refused the last one. */
export function uploadForm({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>) {
  const code = url.searchParams.get('imageError') ?? '';
  const refusal = Object.hasOwn(ERRORS, code)
    ? { purpose: url.searchParams.get('imageFor'), message: ERRORS[code as ErrorCode].message }
    : null;
  return { csrf: cookies.get(COOKIES.csrf) ?? '', refusal };
}
