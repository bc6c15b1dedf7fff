import Ajv, { type ValidateFunction } from 'ajv';
import type { VegaLiteSpec } from './vega-lite';

/** What would have a reader's browser or this server load or compute something. */
const FORBIDDEN = /^(url|href|params|transform|signal|signals|usermeta|datasets|loader|.*expr)$/i;

let validate: ValidateFunction | undefined;

/**
 * Throws for what is no specification of one view by Vega-Lite's own JSON schema, and for what loads or computes.
 * The first call compiles the schema: 1 s and 60 MB, which are the thread's and go with it.
 */
export function checkSpec(spec: VegaLiteSpec): void {
  forbid({ ...spec, data: null });
  for (const row of spec.data.values)
    for (const value of Object.values(row))
      if (typeof value !== 'string' && typeof value !== 'number')
        throw new Error('data hold a value of no kind');
      // Vega makes it a key of plain objects, and so of every chart that this thread draws afterwards.
      else if (value in Object.prototype) throw new Error('data hold a name that objects have');
  validate ??= compileSchema();
  if (validate(spec)) return;
  const { instancePath, message } = validate.errors![0]!;
  throw new Error(`no specification of Vega-Lite: ${instancePath} ${message}`);
}

function forbid(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (FORBIDDEN.test(key)) throw new Error(`a chart has no ${key}`);
    forbid(part);
  }
}

function compileSchema(): ValidateFunction {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- 1.9 MB that only this thread reads
  const { definitions } = require('vega-lite/vega-lite-schema.json') as { definitions: object };
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false, code: { optimize: false } });
  return ajv.compile({ $ref: '#/definitions/TopLevelUnitSpec', definitions });
}
