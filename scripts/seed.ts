import { parseArgs } from 'node:util';
import { isEmpty, seedDemo } from '../prisma/seed/demo.ts';
import { runCommand, withSystem } from './lib/command.ts';

const HELP = `npm run seed

Adds demo data to an empty database. Refused in production: the passwords are public.
Exit codes: 0 done, or not empty; 1 refused, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  await withSystem(
    'seed',
    async (_ctx, { database, services }) => {
      if (!(await isEmpty(database))) return console.log('The database is not empty: nothing was added.');
      const { sellers, ratings } = await seedDemo(database, services.passwords);
      console.log(`Demo data: ${sellers} sellers with ${ratings.toLocaleString('en')} ratings.`);
    },
    'Demo accounts have public passwords: they are refused in production.',
  );
});
