import { runCurrent } from './run.ts';

await runCurrent('web', 'apps/web/server.ts');
