import type { Context } from '@assay/core';
import { restClient, startApi, type Answer, type RestClient, type TestApi, type TestDatabase } from '@assay/testing';

export const PASSWORD = 'a long enough pass phrase';
let serial = 0;

/** Somebody who signed up with an e-mail. */
export interface Comer {
  id: number;
  token: string;
  email: string;
}

/** What the tests of sellers who come in have in common: an API, people who sign up, and a clock that can be set. */
export async function openOnboarding(db: TestDatabase, overrides: Record<string, string> = {}) {
  const api: TestApi = await startApi(db, overrides);
  const rest: RestClient = restClient(api.url);

  async function register(name = 'Ada'): Promise<Comer> {
    const email = `${name.toLowerCase()}-${++serial}-${Date.now().toString(36)}@example.test`;
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: name });
    return { id: body.user.id, token: body.token, email };
  }
  /** The same with a store. */
  async function openStore(name = 'Kiln'): Promise<Comer> {
    const comer = await register(name);
    const answer = await saveProfile(comer, { displayName: name });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return comer;
  }
  const facade = async (method: string, of: number | string, token: string | null, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${api.url}/api/marketplace/seller/${of}/profile`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const saveProfile = (who: Comer, body: object) => facade('PATCH', who.id, who.token, body);

  async function upload(who: { token: string }, content: Uint8Array, query = ''): Promise<Answer> {
    const response = await fetch(`${api.url}/api/v1/verification/documents${query}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${who.token}` },
      body: content as Uint8Array<ArrayBuffer>,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  }

  /** The system some time from now, as a process of its own. */
  const system = (laterMs = 0): Context =>
    api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, () => new Date(Date.now() + laterMs));
  /** What waits for somebody, newest last. */
  const emailsTo = (recipient: string) => db.database.prisma.emailMessage.findMany({ where: { recipient }, orderBy: { id: 'asc' } });
  /** The token of the newest link to an address. */
  const linkTo = async (recipient: string): Promise<string> => {
    const text = (await emailsTo(recipient)).findLast(({ kind }) => kind === 'verify-email')!.textBody;
    return /\/confirm-email\/([\w-]{32})/.exec(text)![1]!;
  };
  const audit = (action: string) => db.database.prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'desc' } });
  const outbox = (topic: string, subjectId: number) => db.database.prisma.outboxEvent.count({ where: { topic, subjectId } });

  return { api, rest, register, openStore, facade, saveProfile, upload, system, emailsTo, linkTo, audit, outbox, close: () => api.close() };
}
export type Onboarding = Awaited<ReturnType<typeof openOnboarding>>;
