import type { Context } from '@assay/core';
import type { Engine } from '@assay/database';
import { useProduct, type Answer, type Environment, type Product } from '@assay/testing';

export const PASSWORD = 'a long enough pass phrase';
let serial = 0;

/** A person who signed up with an e-mail. */
export interface Newcomer {
  id: number;
  token: string;
  email: string;
}

/** The product for a suite about new sellers, with {@link onboardingOn} it. */
export function useOnboarding(engine: Engine, environment?: Environment) {
  const product = useProduct(engine, environment);
  return { ...product, ...onboardingOn(product) };
}

/** What tests of new sellers do with an API: people sign up and save profiles, and the system's clock is set. */
export function onboardingOn({ db, api, rest }: Pick<Product, 'db' | 'api' | 'rest'>) {
  async function register(name = 'Ada'): Promise<Newcomer> {
    const email = `${name.toLowerCase()}-${++serial}-${Date.now().toString(36)}@example.test`;
    const { body } = await rest.post('/auth/register', { email, password: PASSWORD, fullName: name });
    return { id: body.user.id, token: body.token, email };
  }
  /** A person who signed up and saved a profile. */
  async function newSeller(name = 'Kiln'): Promise<Newcomer> {
    const seller = await register(name);
    const answer = await saveProfile(seller, { displayName: name });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return seller;
  }
  const facade = async (method: string, of: number | string, token: string | null, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${api.url}/api/marketplace/seller/${of}/profile`, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const saveProfile = (person: Newcomer, body: object) => facade('PATCH', person.id, person.token, body);

  async function upload(person: { token: string }, content: Uint8Array, query = ''): Promise<Answer> {
    const response = await fetch(`${api.url}/api/v1/verification/documents${query}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${person.token}` },
      body: content as Uint8Array<ArrayBuffer>,
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  }

  /** The system some time from now, as a process of its own. */
  const system = (laterMs = 0): Context =>
    api.container.context({ kind: 'system', name: 'test' }, 'test', undefined, () => new Date(Date.now() + laterMs));
  /** E-mails to an address, newest last. */
  const emailsTo = (recipient: string) => db.database.prisma.emailMessage.findMany({ where: { recipient }, orderBy: { id: 'asc' } });
  /** The token of the newest link to an address. */
  const linkTo = async (recipient: string): Promise<string> => {
    const text = (await emailsTo(recipient)).findLast(({ kind }) => kind === 'verify-email')!.textBody;
    return /\/confirm-email\/([\w-]{32})/.exec(text)![1]!;
  };
  const audit = (action: string) => db.database.prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'desc' } });
  const outbox = (topic: string, subjectId: number) => db.database.prisma.outboxEvent.count({ where: { topic, subjectId } });

  return { register, newSeller, facade, saveProfile, upload, system, emailsTo, linkTo, audit, outbox };
}
