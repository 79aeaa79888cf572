import { networkInterfaces } from 'node:os';

const LOOPBACK = /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3}|::ffff:7f[\da-f]{2}:[\da-f]{1,4})$/i;
/** Protocols without TLS, and the same with it. smtp is not among them: it can begin TLS on an open connection. */
const WITH_TLS: Readonly<Record<string, string>> = { 'http:': 'https', 'redis:': 'rediss' };

const bare = (host: string): string => host.replace(/^\[|\]$/g, '').toLowerCase();

/** Whether a host is this machine, so that what is sent to it passes no network. */
export function isThisMachine(host: string): boolean {
  const name = bare(host);
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses?.map(({ address }) => address.toLowerCase()) ?? []);
  return LOOPBACK.test(name) || own.includes(name);
}

/** Whether a connection without TLS to a host is accepted: it is this machine, or among those that the operator names. */
export const mayBePlain = (host: string, named: readonly string[]): boolean =>
  isThisMachine(host) || named.some((one) => bare(one) === bare(host));

/** The hosts of PLAINTEXT_HOSTS. */
export const plainTextHosts = (text: string | undefined): string[] => (text ?? '').split(/[\s,]+/).filter(Boolean);

/**
 * Which addresses lead to another machine without TLS, each in a sentence.
 * @param addresses by the variable that they come from; undefined where there is none
 * @param named hosts to which connections without TLS are accepted
 */
export function plainTextProblems(
  addresses: readonly (readonly [variable: string, address: string | undefined])[],
  named: readonly string[],
): string[] {
  return addresses.flatMap(([variable, address]) => {
    const url = URL.parse(address ?? '');
    const protocol = url && Object.hasOwn(WITH_TLS, url.protocol) ? WITH_TLS[url.protocol]! : null;
    if (!url || protocol === null || mayBePlain(url.hostname, named)) return [];
    return [`${variable} leads to ${url.hostname} without TLS: use ${protocol}://, or name the host in PLAINTEXT_HOSTS`];
  });
}
