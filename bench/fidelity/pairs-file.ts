import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../recommend/command-line';

const pairSchema = z.object({
  id: z.string().min(1),
  original: z.object({ title: z.string(), content: z.string(), publishedAt: z.coerce.date().nullish() }),
  rewrite: z.object({
    title: z.string(),
    content: z.string(),
    comment: z.string().nullish(),
    phrases: z.array(z.object({ expression: z.string(), easy: z.string() })).nullish(),
  }),
  unsupportedFigures: z.array(z.string()),
  unsupportedNames: z.array(z.string()),
  kind: z.string().default('unknown'),
});

/** A rewrite of an original, and what a person found unsupported in it. */
export type Pair = z.infer<typeof pairSchema>;

/** The pairs of a JSONL file. Throws InputError naming the file, and every line that is none. */
export async function readPairs(file: string): Promise<Pair[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  const faults: string[] = [];
  const pairs: Pair[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const result = parseLine(line);
      if (typeof result === 'string') faults.push(`${file} line ${index + 1}: ${result}`);
      else pairs.push(result);
    });
  if (faults.length > 0) throw new InputError(faults.join('\n'));
  if (pairs.length === 0) throw new InputError(`${file}: there is no pair in it`);
  return pairs;
}

function parseLine(line: string): Pair | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  const { data, error } = pairSchema.safeParse(json);
  if (data) return data;
  const [issue] = error.issues;
  return `${issue!.path.join('.') || 'the line'}: ${issue!.message}`;
}
