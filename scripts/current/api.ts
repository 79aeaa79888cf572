import { runCurrent } from './run.ts';

await runCurrent('api', 'apps/api/src/main.ts');
