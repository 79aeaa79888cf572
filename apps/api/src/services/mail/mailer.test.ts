import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mailer } from '@assay/core';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openMailer } from './mailer.ts';

const SHORT = { dnsTimeout: 300, connectionTimeout: 300, greetingTimeout: 300, socketTimeout: 300 };
const FROM = 'Assay <market@shop.example>';
const letter = {
  id: 7,
  recipient: 'ada@example.com',
  subject: 'Confirm your e-mail address — ä',
  text: 'https://shop.example/confirm-email/secret-token',
  html: '<p>https://shop.example/confirm-email/secret-token</p>',
};

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A real SMTP server; what it took in. */
async function startSmtp(options: SMTPServerOptions = {}, port = 0) {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        taken.push(text);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { taken, port: (server.server.address() as AddressInfo).port };
}
const mailerAt = (port: number): Mailer => openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM, directory: '/nowhere' }, SHORT);
const refusing = (responseCode: number) => Object.assign(new Error('mailbox ada@example.com says no'), { responseCode });

describe('e-mail by SMTP', () => {
  it('arrives, in both forms, from us, with the same Message-ID for each try', async () => {
    const { port, taken } = await startSmtp();
    for (let i = 0; i < 2; i++) expect(await mailerAt(port).send(letter)).toEqual({ sent: true });
    for (const text of taken) {
      expect(text).toContain('From: Assay <market@shop.example>');
      expect(text).toContain('To: ada@example.com');
      expect(text).toContain('Message-ID: <assay-7@shop.example>');
      expect(text).toContain('Auto-Submitted: auto-generated');
      expect(text).toMatch(/text\/plain[\s\S]*text\/html/);
    }
  });

  it('goes to no server that offers no TLS, or a certificate that cannot be checked, where TLS is required', async () => {
    for (const options of [{}, { disabledCommands: [] }]) {
      const { port, taken } = await startSmtp(options);
      const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, requireTls: true, from: FROM, directory: '/nowhere' }, SHORT);
      expect(await mailer.send(letter)).toMatchObject({ sent: false, permanent: false });
      expect(taken).toEqual([]);
    }
  });

  it('a server that refuses the address for good is not asked again; one that refuses for now is', async () => {
    for (const [code, permanent] of [
      [550, true],
      [451, false],
    ] as const) {
      const { port } = await startSmtp({ onRcptTo: (_address, _session, done) => done(refusing(code)) });
      const result = await mailerAt(port).send(letter);
      expect(result).toMatchObject({ sent: false, permanent });
      // Neither the address nor a word of the letter gets into logs.
      expect(JSON.stringify(result)).not.toMatch(/ada|secret|mailbox/);
    }
  });

  it('a sender or a password that the server does not take is the operator’s affair: it is tried again', async () => {
    const sender = await startSmtp({ onMailFrom: (_address, _session, done) => done(refusing(550)) });
    expect(await mailerAt(sender.port).send(letter)).toMatchObject({ sent: false, permanent: false });
    const login = await startSmtp({ authOptional: false, onAuth: (_auth, _session, done) => done(refusing(535)) });
    const mailer = openMailer({ smtpUrl: `smtp://me:wrong@127.0.0.1:${login.port}`, from: FROM, directory: '/nowhere' }, SHORT);
    expect(await mailer.send(letter)).toMatchObject({ sent: false, permanent: false });
  });

  it('a server that is down, then comes back, takes it then', async () => {
    const gone = await startSmtp();
    await closing.pop()!();
    const mailer = mailerAt(gone.port);
    expect(await mailer.send(letter)).toMatchObject({
      sent: false,
      permanent: false,
      reason: expect.stringContaining('ESOCKET') as string,
    });
    const back = await startSmtp({}, gone.port);
    expect(await mailer.send(letter)).toEqual({ sent: true });
    expect(back.taken).toHaveLength(1);
  });

  it('a server that says nothing is left alone after a while', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    closing.push(() => void silent.close());
    const result = await mailerAt((silent.address() as AddressInfo).port).send(letter);
    expect(result).toMatchObject({ sent: false, permanent: false, reason: expect.stringContaining('ETIMEDOUT') as string });
  });
});

describe('e-mail without a server', () => {
  let directory: string;
  beforeAll(() => void (directory = path.join(mkdtempSync(path.join(tmpdir(), 'assay-mail-')), 'mail')));
  afterAll(() => rmSync(path.dirname(directory), { recursive: true, force: true }));

  it('is written down where it can be looked at, for this user alone', async () => {
    const mailer = openMailer({ smtpUrl: null, from: FROM, directory });
    expect(await mailer.send(letter)).toEqual({ sent: true });
    const [file, ...others] = readdirSync(directory);
    expect(others).toEqual([]);
    expect(file).toMatch(/-7\.eml$/);
    expect(readFileSync(path.join(directory, file!), 'utf8')).toContain('https://shop.example/confirm-email/secret-token');
    if (process.platform !== 'win32') expect(statSync(path.join(directory, file!)).mode & 0o077).toBe(0);
  });

  it('is tried again where it cannot be written', async () => {
    const mailer = openMailer({ smtpUrl: null, from: FROM, directory: path.join(import.meta.filename, 'mail') });
    expect(await mailer.send(letter)).toEqual({ sent: false, permanent: false, reason: 'ENOTDIR' });
  });
});
