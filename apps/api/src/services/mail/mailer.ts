import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Mailer, MailResult } from '@assay/core';
import { createTransport, type SendMailOptions } from 'nodemailer';

export interface MailConfig {
  /** smtp:// or smtps://; null where mail is only written down. */
  smtpUrl: string | null;
  /** Sends nothing where the server does not begin TLS (STARTTLS). */
  requireTls?: boolean;
  from: string;
  /** Where it is written down. */
  directory: string;
}

/** A try may take so long altogether; the lease of an e-mail is longer. */
const TIMEOUTS = { dnsTimeout: 10_000, connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 45_000 };

type Letter = Parameters<Mailer['send']>[0];

/** E-mail goes to an SMTP server, or into files that can be looked at where there is none. */
export function openMailer({ smtpUrl, requireTls = false, from, directory }: MailConfig, timeouts = TIMEOUTS): Mailer {
  const domain = /@([^\s>]+)>?$/.exec(from)?.[1] ?? 'localhost';
  const toOptions = ({ id, recipient, subject, text, html }: Letter): SendMailOptions => ({
    from,
    to: { name: '', address: recipient },
    subject,
    text,
    html,
    messageId: `<assay-${id}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return smtpUrl === null ? byFiles(directory, toOptions) : bySmtp(smtpUrl, requireTls, timeouts, toOptions);
}

function bySmtp(url: string, requireTLS: boolean, timeouts: typeof TIMEOUTS, toOptions: (letter: Letter) => SendMailOptions): Mailer {
  const transport = createTransport({ url, requireTLS, ...timeouts });
  return {
    async send(letter): Promise<MailResult> {
      try {
        await transport.sendMail(toOptions(letter));
        return { sent: true };
      } catch (error) {
        return refusalOf(error);
      }
    },
    forget: () => Promise.resolve(),
  };
}

/** What the server said, without its sentence: that may repeat the address. The server's own troubles pass, also wrong credentials. */
function refusalOf(error: unknown): MailResult {
  const { code = 'ERROR', responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const permanent = responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { sent: false, permanent, reason: [code, responseCode, command && `at ${command}`].filter(Boolean).join(' ') };
}

function byFiles(directory: string, toOptions: (letter: Letter) => SendMailOptions): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    async send(letter): Promise<MailResult> {
      try {
        const { message } = await transport.sendMail(toOptions(letter));
        await mkdir(directory, { recursive: true, mode: 0o700 });
        const file = path.join(directory, `${new Date().toISOString().replaceAll(':', '-')}-${letter.id}.eml`);
        await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
        await rename(`${file}.part`, file); // there whole, or not at all
        return { sent: true };
      } catch (error) {
        return { sent: false, permanent: false, reason: (error as NodeJS.ErrnoException).code ?? 'the file could not be written' };
      }
    },
    async forget(addresses) {
      const recipients = new Set(addresses.map((address) => address.toLowerCase()));
      const names = await readdir(directory).catch(() => []); // nothing was written yet
      for (const name of names.filter((one) => one.endsWith('.eml'))) {
        const file = path.join(directory, name);
        const recipient = /^To: <?([^\s<>]+)>?$/im.exec(await readFile(file, 'utf8').catch(() => ''))?.[1];
        if (recipient && recipients.has(recipient.toLowerCase())) await rm(file, { force: true });
      }
    },
  };
}
