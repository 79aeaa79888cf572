import { ERRORS, IMAGE_TYPES, type ImageState, type Problem } from '@assay/contract';
import { csrfHeader } from '#lib/api.ts';
import { sizeOf } from './size.ts';

/** Files on their way at the same time. */
export const AT_ONCE = 2;

/** A file that is not with the server yet. */
export interface Sending {
  key: number;
  file: File;
  /** A small picture of it; empty until there is one. */
  preview: string;
  status: 'waiting' | 'sending' | 'failed';
  sent: number;
  error: string | null;
  /** Whether it may help to try once more. */
  again: boolean;
  request: XMLHttpRequest | null;
}

export const toSend = (key: number, file: File, error: string | null): Sending => ({
  key,
  file,
  preview: '',
  status: error ? 'failed' : 'waiting',
  sent: 0,
  error,
  again: false,
  request: null,
});

/** What can be said without asking the server, which looks at the content itself. */
export function refusalOf(file: File, { maxBytes, room }: { maxBytes: number; room: number }): string | null {
  if (file.size > maxBytes) return `This file is ${sizeOf(file.size)}. The limit is ${sizeOf(maxBytes)}.`;
  if (file.type && !(IMAGE_TYPES as readonly string[]).includes(file.type)) return ERRORS.IMAGE_TYPE_UNSUPPORTED.message;
  return room <= 0 ? ERRORS.TOO_MANY_IMAGES.message : null;
}

interface SentAnswer {
  status: number;
  body: unknown;
}

/** What is noted on a file while it is on its way. */
type Noted = Pick<Sending, 'file' | 'preview' | 'sent' | 'error' | 'again' | 'request'> & { status: string };

const PREVIEW_WIDTH = 480;

/** A small picture of a file, as a data: address; empty where the browser cannot read it. */
async function previewOf(file: File): Promise<string> {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: PREVIEW_WIDTH, resizeQuality: 'medium' });
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = Math.min(bitmap.height, 2 * PREVIEW_WIDTH);
    canvas.getContext('2d')?.drawImage(bitmap, 0, (canvas.height - bitmap.height) / 2);
    bitmap.close();
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    return '';
  }
}

function post(query: URLSearchParams, item: Noted): Promise<SentAnswer | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    item.request = request;
    request.open('POST', `/api/v1/images?${query}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => (item.sent = loaded));
    request.addEventListener('load', () => resolve({ status: request.status, body: request.response as unknown }));
    for (const end of ['error', 'abort'] as const) request.addEventListener(end, () => resolve(null));
    request.send(item.file);
  });
}

/**
 * Sends a file to the API, and notes on it how that goes; with a session that is older than its token once more, after a new one was
 * had. @returns the upload, or null where it has failed: the file says why, and whether it may help to try again
 */
export async function sendImage(query: URLSearchParams, item: Noted): Promise<ImageState | null> {
  item.status = 'sending';
  void previewOf(item.file).then((preview) => (item.preview = preview));
  let answer = await post(query, item);
  if (answer?.status === 401 && (await fetch('/api/v1/auth/refresh', { method: 'POST' })).ok) answer = await post(query, item);
  item.request = null;
  if (answer?.status === 201) return answer.body as ImageState;
  const problem = answer?.body as Problem | null | undefined;
  item.status = 'failed';
  item.error = problem?.errors?.[0]?.message ?? problem?.detail ?? 'The upload was interrupted. Try again.';
  item.again = !answer || answer.status >= 500 || answer.status === 429;
  return null;
}
