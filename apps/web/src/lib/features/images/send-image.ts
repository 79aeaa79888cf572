import { csrfHeader } from '#lib/api.ts';

export interface SentAnswer {
  status: number;
  body: unknown;
}

interface Watch {
  /** Bytes that are with the server. */
  onProgress: (sent: number) => void;
  /** The request, to be ended where somebody changes their mind; null when it is over. */
  onRequest: (request: XMLHttpRequest | null) => void;
}

const PREVIEW_WIDTH = 144;

/** A small picture of a file, as a data: address; empty where the browser cannot read it. */
export async function previewOf(file: File): Promise<string> {
  try {
    const bitmap = await createImageBitmap(file, { resizeWidth: PREVIEW_WIDTH, resizeQuality: 'medium' });
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = PREVIEW_WIDTH;
    const height = Math.max(bitmap.height, 1);
    const side = Math.min(PREVIEW_WIDTH, height);
    canvas
      .getContext('2d')
      ?.drawImage(bitmap, (PREVIEW_WIDTH - side) / 2, (height - side) / 2, side, side, 0, 0, PREVIEW_WIDTH, PREVIEW_WIDTH);
    bitmap.close();
    return canvas.toDataURL('image/jpeg', 0.7);
  } catch {
    return '';
  }
}

function post(query: URLSearchParams, file: File, { onProgress, onRequest }: Watch): Promise<SentAnswer | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    onRequest(request);
    request.open('POST', `/api/v1/images?${query}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    request.addEventListener('load', () => resolve({ status: request.status, body: request.response as unknown }));
    for (const end of ['error', 'abort'] as const) request.addEventListener(end, () => resolve(null));
    request.send(file);
  });
}

/**
 * Sends a file to the API; with a session that is older than its token once more, after a new one was had.
 * @returns null where the connection broke off, or the request was ended
 */
export async function sendImage(query: URLSearchParams, file: File, watch: Watch): Promise<SentAnswer | null> {
  let answer = await post(query, file, watch);
  if (answer?.status === 401 && (await fetch('/api/v1/auth/refresh', { method: 'POST' })).ok) answer = await post(query, file, watch);
  watch.onRequest(null);
  return answer;
}
