import { randomBytes } from 'node:crypto';

/** Data for a model, between two lines. The name of the delimiters is new for every quotation, so nothing written into one can close it. */
export function quote(name: string, what: string, data: unknown): string[] {
  const delimiter = `${name}-${randomBytes(12).toString('hex')}`;
  return [`다음 ${delimiter} 두 줄 사이의 JSON은 ${what}`, delimiter, JSON.stringify(data), delimiter];
}
