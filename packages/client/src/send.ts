/** What a request is made of. */
export interface Outgoing {
  method: string;
  headers: Record<string, string>;
  /** Text, or a file. */
  body?: string | Blob | null;
  /** Aborts the request. */
  signal?: AbortSignal;
}

/** What came back, whole. */
export interface Answer {
  status: number;
  header(name: string): string | null;
  text: string;
  /** Each Set-Cookie header; a browser keeps them to itself. */
  setCookies: string[];
  /** Since when it was so, where the API does not answer and this is the last that was known. */
  staleSince?: Date;
}

/** Sends one request. @throws when there is no answer at all */
export type Send = (url: string, request: Outgoing) => Promise<Answer>;

/** By the platform's own fetch. */
export const sendByFetch: Send = async (url, { method, headers, body, signal }) => {
  const response = await fetch(url, { method, headers, body: body ?? null, ...(signal ? { signal } : {}) });
  const { status, headers: answered } = response;
  return { status, header: (name) => answered.get(name), text: await response.text(), setCookies: answered.getSetCookie() };
};
