// What PM2 is to the API in cluster mode: it holds the port, and hands connections to workers that each know their number.
import cluster from 'node:cluster';

const instances = Number(process.argv[2]);
cluster.setupPrimary({ exec: 'apps/api/src/main.ts', args: [] });
const workers = Array.from({ length: instances }, (_, i) => cluster.fork({ NODE_APP_INSTANCE: String(i) }));

let ready = 0;
let port = 0;
for (const worker of workers) {
  worker.on('message', (message: 'ready' | { port: number }) => {
    if (message !== 'ready') port = message.port;
    else if (++ready === instances) {
      process.send?.({ port });
      process.send?.('ready');
    }
  });
}
process.on('message', ({ kill }: { kill: number }) => {
  workers[kill]?.once('exit', () => process.send?.('killed'));
  workers[kill]?.process.kill('SIGKILL');
});
process.on('SIGTERM', () => {
  for (const worker of workers) worker.process.kill('SIGTERM');
  process.disconnect();
});
