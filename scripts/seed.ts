import { createContainer, createLogger, loadEnvFile, readConfig, SCRIPT_SECRET } from '@assay/api';
import { isEmpty, seedDemo } from '../prisma/seed/demo.ts';

// npm run seed: demo data into an empty database. Refused in production: everybody knows these passwords.
loadEnvFile();
const config = readConfig({ ...process.env, JWT_SECRET: SCRIPT_SECRET });
if (config.environment === 'production') {
  console.error('Demo accounts have passwords that everybody knows: they are refused in production.');
  process.exit(1);
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
