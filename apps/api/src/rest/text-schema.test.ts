import { Flag, Id, StarsFilter } from '@assay/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { textSchema } from './text-schema.ts';

const Email = z.email();

it('the document describes the text, as it is sent', () => {
  const described = (schema: z.ZodType) => z.toJSONSchema(textSchema(schema), { io: 'input' });
  expect(described(Flag.default(true).describe('Why.'))).toMatchObject({
    enum: ['0', '1', 'true', 'false'],
    default: 'true',
    description: 'Why.',
  });
  expect(described(StarsFilter.optional())).toMatchObject({ type: 'string', enum: ['1', '2', '3', '4', '5'] });
  expect(described(Id)).toMatchObject({ type: 'integer', minimum: 1, example: 1 });
  expect(textSchema(Email)).toBe(Email);
});
