/**
 * Thrown inside a change when a conditional UPDATE found no row in the expected state, because another request was faster.
 * The change is rolled back and runs again.
 */
export class Raced extends Error {
  override readonly name = 'Raced';
}
