import { Id, takesNumbers } from '@assay/contract';
import { z } from 'zod';

/** The schema of the text itself, for the OpenAPI document. */
export function textSchema(schema: z.ZodType): z.ZodType {
  const text = asText(schema);
  const description = schema.description;
  return text === schema || description === undefined ? text : text.describe(description);
}

function asText(schema: z.ZodType): z.ZodType {
  if (schema === Id) return Id.meta({ example: 1 });
  if (schema instanceof z.ZodOptional) {
    const inner = schema.unwrap() as z.ZodType;
    const text = asText(inner);
    return text === inner ? schema : text.optional();
  }
  if (schema instanceof z.ZodDefault) {
    const inner = schema.unwrap() as z.ZodType;
    const text = asText(inner);
    return text === inner ? schema : text.default(String(schema.def.defaultValue));
  }
  if (schema.def.type === 'boolean') return z.enum(['true', 'false', '1', '0']);
  if (schema instanceof z.ZodLiteral && takesNumbers(schema)) return z.enum([...schema.values].map(String));
  return schema;
}
