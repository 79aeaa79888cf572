import type { NetConnectOpts } from 'node:net';
import proxyAddr from 'proxy-addr';

/** What Express and proxy-addr understand. */
export function isProxyList(value: string): boolean {
  try {
    if (!/^\d+$/.test(value)) proxyAddr.compile(value.split(',').map((proxy) => proxy.trim()));
    return true;
  } catch {
    return false;
  }
}

/** An origin whose host can stand in what wallets sign (EIP-4361, as viem reads it). */
export function isPublicUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href && /^localhost$|\./.test(url.hostname);
}

/** Where clamd listens: `tcp://HOST:PORT`, or the path of its socket, also as `unix:PATH`. The port is 3310 by default. */
export function clamdAddress(url: string): NetConnectOpts {
  if (!url.startsWith('tcp://')) return { path: url.replace(/^unix:(?:\/\/)?/, '') };
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 3310) };
}

/** Whether only this machine reaches what listens there. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
