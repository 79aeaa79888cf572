import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** As when a server dies: connections are reset, new ones refused. */
  cut(): void;
  /** Lets everybody in again. */
  mend(): Promise<void>;
  close(): void;
}

/** A way to a server that can be cut. */
export async function startTcpProxy(host: string, port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const open = () => {
    const server = createServer((incoming) => {
      const outgoing = connect(port, host);
      for (const [one, other] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    return server;
  };
  const listen = (at: number) =>
    new Promise<ReturnType<typeof open>>((resolve, reject) => {
      const server = open();
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => resolve(server));
    });
  let server = await listen(0);
  const own = (server.address() as AddressInfo).port;
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: own,
    cut,
    async mend() {
      server = await listen(own);
    },
    close: cut,
  };
}
