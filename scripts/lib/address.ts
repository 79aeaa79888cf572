import { Refusal, WrongCall } from './command.ts';

/** The address of the pages: what is given, else PUBLIC_URL, else that of `npm start`, by its variables. @throws WrongCall unless it is http(s) */
export function pagesAddress(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const url = given || environment.PUBLIC_URL || `http://localhost:${environment.WEB_PORT || environment.PORT || '3000'}`;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new WrongCall(`"${url}" is no address. It begins with http:// or https://.`);
  return url.replace(/\/+$/, '');
}

/** @throws Refusal unless the product answers at the address */
export async function requireAnswer(address: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(`${address}/livez`, { redirect: 'manual', signal: AbortSignal.timeout(15_000) });
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    const reason = cause?.code || cause?.message || message;
    throw new Refusal(`${address} does not answer (${reason}). Start the product, or set SMOKE_URL to its address.`);
  }
  const body = await response.text();
  if (response.status !== 200 || !body.includes('"status"'))
    throw new Refusal(
      `${address} answers, but not as this product: GET /livez is ${response.status}. Set SMOKE_URL to the address of the pages.`,
    );
}
