import { parseArgs } from 'node:util';
import { createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api';
import { isEmpty, seedDemo } from '../prisma/seed/demo.ts';
import { runCommand } from './lib/command.ts';

const HELP = `npm run seed

Puts demo data into an empty database. Refused in production: everybody knows these passwords.
Exit codes: 0 done, or not empty; 1 refused, 2 wrong call.`;

await runCommand(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  if (values.help) return console.log(HELP);
  loadEnvFile();
  const config = readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET });
  if (config.environment === 'production') {
    console.error('Demo accounts have passwords that everybody knows: they are refused in production.');
    return 1;
  }
  const container = await createContainer(config, createLogger('silent', 'seed'));
  try {
    if (await isEmpty(container.database)) {
      const { sellers, ratings } = await seedDemo(container.database, container.services.passwords);
      console.log(`Demo data: ${sellers} sellers with ${ratings.toLocaleString('en')} ratings.`);
    } else {
      console.log('The database is not empty: nothing was added.');
    }
  } finally {
    await container.close();
  }
});
