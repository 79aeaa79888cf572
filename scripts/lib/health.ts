import { setTimeout } from 'node:timers/promises';

const WAIT_MS = 15_000;
const PAUSE_MS = 250;
const ANSWER_MS_MAX = 5000;

/**
 * Why an app that was just started does not serve people: it does not answer, or says that it is not healthy. Null once it does, which it is
 * given some seconds for.
 * @param origin such as http://127.0.0.1:3001
 */
export async function healthProblem(origin: string, waitMs = WAIT_MS): Promise<string | null> {
  const until = performance.now() + waitMs;
  for (;;) {
    const problem = await problemNow(`${origin}/health`);
    if (problem === null || performance.now() > until) return problem;
    await setTimeout(PAUSE_MS);
  }
}

async function problemNow(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    if (answer.ok) return null;
    const body = await answer.text();
    return `GET ${url} is ${answer.status}: ${body.slice(0, 500)}`;
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return `GET ${url} is not answered (${cause?.code ?? message})`;
  }
}
