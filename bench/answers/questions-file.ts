import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { InputError } from '../recommend/command-line';

const EXPECTED = /^(?:unknown|(?:glossary|article|faq):\s*\S.*)$/;

const questionSchema = z.object({
  question: z.string().min(1),
  /** A word of the title of the article that is being read. */
  articleContext: z.string().min(1).nullish(),
  expect: z
    .string()
    .regex(EXPECTED, 'it is none of "unknown", "glossary:<term>", "article:<word>", "faq:<word>"'),
});

/** A question of a reader, and what answers it. */
export type AskedQuestion = z.infer<typeof questionSchema>;

/** The questions of a JSONL file. Throws InputError naming the file, and every line that is none. */
export async function readQuestions(file: string): Promise<AskedQuestion[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  const faults: string[] = [];
  const questions: AskedQuestion[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    const result = parseLine(line);
    if (typeof result === 'string') faults.push(`${file} line ${index + 1}: ${result}`);
    else questions.push(result);
  }
  if (faults.length > 0) throw new InputError(faults.join('\n'));
  if (questions.length === 0) throw new InputError(`${file}: there is no question in it`);
  return questions;
}

function parseLine(line: string): AskedQuestion | string {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return 'it is not JSON';
  }
  const { data, error } = questionSchema.safeParse(json);
  if (data) return data;
  const [issue] = error.issues;
  return `${issue!.path.join('.') || 'the line'}: ${issue!.message}`;
}
