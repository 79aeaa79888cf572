import { z } from 'zod';
import { DELETION_OBSTACLES } from './choices.ts';

export const DeletionObstacle = z.enum(DELETION_OBSTACLES);
export type DeletionObstacle = z.infer<typeof DeletionObstacle>;

/** Whether my account can be deleted, and what would stay. */
export const DeletionView = z
  .object({
    obstacles: z
      .array(z.object({ obstacle: DeletionObstacle, count: z.int() }))
      .describe('What has to end first; none where it can be deleted now.'),
    moneyRecordYears: z.int().describe('For so many years the law has us keep orders and payments.'),
  })
  .meta({ id: 'Deletion' });
export type DeletionView = z.infer<typeof DeletionView>;
