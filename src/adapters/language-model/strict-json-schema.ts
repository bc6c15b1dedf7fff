import { z } from 'zod';

// Constrained decoders (OpenAI strict mode, Groq) answer 400 to these; zod checks them afterwards.
const UNSUPPORTED_KEYWORDS =
  'minLength maxLength pattern format minItems maxItems uniqueItems minimum maximum exclusiveMinimum exclusiveMaximum multipleOf default';

/** The JSON Schema of a zod type's input, within the subset that strict structured output accepts. */
export function strictJsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema: node }) => {
      for (const keyword of UNSUPPORTED_KEYWORDS.split(' ')) delete node[keyword];
      if (node.type === 'object') {
        node.additionalProperties = false;
        node.required = Object.keys(node.properties ?? {});
      }
    },
  });
  return jsonSchema;
}
