import { parseArgs } from 'node:util';
import { seedMonth } from '../prisma/seed/demo-month.ts';
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
    async (_ctx, container) => {
      const { database, services } = container;
      if (!(await isEmpty(database))) return console.log('The database is not empty: nothing was added.');
      const { sellers, ratings } = await seedDemo(database, services.passwords);
      const { orders, payouts } = await seedMonth(container);
      console.log(
        `Demo data: ${sellers} sellers with ${ratings.toLocaleString('en')} ratings; a month with ${orders} orders and ${payouts} payouts.`,
      );
    },
    'Demo accounts have public passwords: they are refused in production.',
  );
});
