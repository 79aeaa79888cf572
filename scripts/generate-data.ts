import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { finishImport, importBatch, ImportRacedError, startImport, type Context, type ImportedRating } from '@assay/core';
import { seededRandom } from '../prisma/seed/random.ts';
import { generateMadeUpListings } from './generate/listings.ts';
import { runCommand, withSystem, WrongCall } from './lib/command.ts';
import { createProgress } from './lib/progress.ts';

const HELP = `npm run data:generate -- --ratings N | --listings N --sellers N [options]

Generates ratings or listings to test with large data: a few sellers have many, most have few, as in real markets. Ratings are
imported with the source "generated", so they count and are marked as imported. Refused in production.

  --ratings N   number of ratings (default 100000)
  --listings N  number of listings, instead of ratings: a million takes some minutes and 1.5 GB
  --sellers N   number of sellers (default 1000)
  --seed N      the same seed generates the same data (default 1)
  --help

An interrupted run resumes when it is called again with the same numbers. Exit codes: 0 done, 1 refused or failed, 2 wrong call.`;

const BATCH = 2000;
const DAYS = 700;
/** Cumulative shares of 1 to 4 stars in percent: most ratings in real markets are good. */
const UP_TO_STARS = [4, 7, 13, 32];

interface Plan {
  /** Number of listings to generate; null generates ratings. */
  listings: number | null;
  ratings: number;
  sellers: number;
  seed: number;
}
type RatingPlan = Omit<Plan, 'listings'>;

function readPlan(): Plan | null {
  const { values } = parseArgs({
    options: {
      ratings: { type: 'string', default: '100000' },
      listings: { type: 'string' },
      sellers: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return null;
  const whole = (name: 'ratings' | 'listings' | 'sellers' | 'seed', most: number) => {
    const value = Number(values[name]);
    if (!/^[1-9]\d*$/.test(values[name] ?? '') || value > most)
      throw new WrongCall(`--${name} is a whole number from 1 to ${most.toLocaleString('en')}.`);
    return value;
  };
  const plan = {
    listings: values.listings === undefined ? null : whole('listings', 10_000_000),
    ratings: whole('ratings', 100_000_000),
    sellers: whole('sellers', 1_000_000),
    seed: whole('seed', 2_000_000_000),
  };
  if (plan.listings === null && plan.sellers > plan.ratings) throw new WrongCall('There are more sellers than ratings.');
  return plan;
}

/** The number of ratings of each seller: the n-th has about 1/√n of the first one's, and at least one. */
function shares({ ratings, sellers }: RatingPlan): number[] {
  const weights = Array.from({ length: sellers }, (_, i) => 1 / Math.sqrt(i + 1));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const counts = weights.map((weight) => Math.max(1, Math.floor((weight / sum) * ratings)));
  // The largest sellers absorb the rounding difference.
  for (let rest = ratings - counts.reduce((total, count) => total + count, 0), i = 0; rest !== 0; i = (i + 1) % sellers) {
    const step = Math.sign(rest);
    if (counts[i]! + step < 1) continue;
    counts[i]! += step;
    rest -= step;
  }
  return counts;
}

/** All ratings, the same for the same plan. A seller's raters are neighbours in a circle of all raters, so no pair occurs twice. */
function* ratingsOf(plan: RatingPlan): Generator<ImportedRating> {
  const random = seededRandom(plan.seed);
  const counts = shares(plan);
  const raters = Math.max(counts[0]! + 1, Math.ceil(plan.ratings / 10));
  const newest = Date.UTC(2026, 0, 1);
  let line = 0;
  for (const [seller, count] of counts.entries()) {
    const start = Math.floor(random() * raters);
    for (let i = 0; i < count; i++) {
      const percent = random() * 100;
      const stars = 1 + UP_TO_STARS.filter((limit) => percent >= limit).length;
      yield {
        line: ++line,
        rater: `rater-${plan.seed}-${(start + i) % raters}`,
        seller: `seller-${plan.seed}-${seller}`,
        rating: stars as ImportedRating['rating'],
        comment: null,
        at: new Date(newest - Math.floor(random() * DAYS * 86_400_000)),
      };
    }
  }
}

async function generate(ctx: Context, { ratings: wanted, sellers, seed }: RatingPlan): Promise<void> {
  const plan = { ratings: wanted, sellers, seed };
  const fingerprint = createHash('sha256')
    .update(`generated ${JSON.stringify(plan)}`)
    .digest('hex');
  const fileName = `${plan.ratings} ratings, ${plan.sellers} sellers, seed ${plan.seed}`;
  let run = await startImport(ctx, { source: 'generated', fileName, fingerprint });
  const before = run.linesDone;
  const progress = createProgress('generating', plan.ratings, { unit: 'ratings' });
  try {
    let ratings: ImportedRating[] = [];
    for (const rating of ratingsOf(plan)) {
      if (rating.line <= before) continue;
      ratings.push(rating);
      if (ratings.length < BATCH && rating.line < plan.ratings) continue;
      ({ run } = await importBatch(ctx, run, { ratings, bad: 0, lastLine: rating.line }));
      progress.update(run.linesDone);
      ratings = [];
    }
    if (!run.finished) await finishImport(ctx, run);
  } finally {
    progress.stop();
  }
  const state = before >= plan.ratings ? 'existed already' : 'exist now';
  console.log(`${run.imported.toLocaleString('en')} ratings of ${plan.sellers.toLocaleString('en')} sellers ${state}.`);
}

await runCommand(async () => {
  const plan = readPlan();
  if (!plan) return console.log(HELP);
  const { listings } = plan;
  const work = (ctx: Context) => (listings === null ? generate(ctx, plan) : generateMadeUpListings(ctx, { ...plan, listings }));
  await withSystem('data:generate', work, 'Generated data is refused in production.');
}, [ImportRacedError]);
