import { once } from 'node:events';
import { createServer } from 'node:net';
import { Refusal } from './command.ts';

export interface WantedPort {
  port: number;
  /** Which variable names it. */
  variable: string;
}

/**
 * Checks that nothing listens on the ports that an installation is about to use.
 * @throws Refusal naming each port that is taken
 */
export async function requireFreePorts(host: string, wanted: readonly WantedPort[]): Promise<void> {
  const problems: string[] = [];
  for (const { port, variable } of wanted) {
    const reason = await whyNot(host, port);
    if (reason === 'EADDRINUSE')
      problems.push(`Port ${port} is taken. Stop what uses it, or choose another one: ${variable}=${port + 100}`);
    else if (reason !== null) problems.push(`Nothing can listen on ${host}, port ${port} (${reason}). Check HOST and ${variable}.`);
  }
  if (problems.length > 0) throw new Refusal(problems.join('\n'));
}

/** The system's code for why a port cannot be opened; null if it can. */
async function whyNot(host: string, port: number): Promise<string | null> {
  const probe = createServer();
  try {
    probe.listen({ port, host, exclusive: true });
    await once(probe, 'listening');
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    if (probe.listening) await new Promise((resolve) => probe.close(resolve));
  }
}
