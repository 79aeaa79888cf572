// What every server process of the product needs to live under a supervisor, the API and the pages alike.
export * from './release.ts';
