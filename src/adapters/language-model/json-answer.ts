import { type z } from 'zod';

const MAX_ANSWER_CHARACTERS = 200_000;
const MAX_CANDIDATES = 50;

export type JsonAnswer<T> = { ok: true; value: T } | { ok: false; problem: string };

/**
 * Reads the one JSON object of a model's answer and validates it. Reasoning in a leading think block, code fences
 * and prose around the object are tolerated; two different valid objects are not, as nobody knows which is meant.
 */
export function readJsonAnswer<T>(answer: string, schema: z.ZodType<T>): JsonAnswer<T> {
  if (answer.length > MAX_ANSWER_CHARACTERS) return { ok: false, problem: 'The answer is too long.' };
  const candidates = findJsonObjects(answer.replace(/^\s*<think>[\s\S]*?<\/think>/i, ''));
  if (candidates.length === 0) return { ok: false, problem: 'The answer holds no complete JSON object.' };

  const valid = new Map<string, T>();
  let problem = '';
  for (const candidate of candidates) {
    const result = schema.safeParse(candidate);
    // What else the candidate holds may be nested too deeply to be written down.
    if (result.success) valid.set(JSON.stringify(result.data), result.data);
    else problem = describeIssues(result.error);
  }
  const [value] = valid.values();
  if (valid.size > 1) return { ok: false, problem: 'The answer holds several different JSON objects.' };
  return valid.size === 1 ? { ok: true, value: value as T } : { ok: false, problem };
}

/** Names fields and rules only: values of an untrusted answer stay out of prompts and logs. */
function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 10)
    .map((issue) => `${issue.path.join('.') || 'answer'}: ${issue.message}`)
    .join('\n');
}

function findJsonObjects(text: string): unknown[] {
  const whole = parseObject(text.trim());
  if (whole) return [whole];
  const found: unknown[] = [];
  let start = text.indexOf('{');
  for (let tried = 0; start >= 0 && tried < MAX_CANDIDATES; tried += 1) {
    const end = matchingBrace(text, start);
    const object = end > start ? parseObject(text.slice(start, end + 1)) : undefined;
    if (object) found.push(object);
    start = text.indexOf('{', object ? end + 1 : start + 1);
  }
  return found;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The index of the brace that closes the one at `start`, strings respected; -1 when there is none. */
function matchingBrace(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return index;
  }
  return -1;
}
