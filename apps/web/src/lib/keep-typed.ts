import type { SubmitFunction } from '$app/forms';

/** For `use:enhance` of a form whose page stays: what was typed is still there after the answer. */
export const keepTyped: SubmitFunction =
  () =>
  ({ update }) =>
    update({ reset: false });
