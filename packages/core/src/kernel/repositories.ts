/**
 * All repositories, bound either to the database or to one open transaction. Each feature adds its own in its `ports.ts`:
 * `declare module '../kernel/repositories.ts' { interface Repositories { readonly ratings: RatingsRepository } }`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface Repositories {}
