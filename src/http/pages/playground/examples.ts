import { readFileSync } from 'node:fs';
import path from 'node:path';

/** An operation that the playground offers ready to run. */
export interface Example {
  /** Korean, as the list shows it. */
  title: string;
  /** Who may run it. */
  audience: 'ANYONE' | 'USER' | 'ADMIN';
  query: string;
  /** A null is filled in from the answer to `prepare`: the first value under the same name. */
  variables: Record<string, unknown>;
  prepare?: string;
}

const fence = (kind: string, name: string) => `\`\`\`${kind}\\n(?<${name}>[^\`]+)\\n\`\`\`\\s*`;
const EXAMPLE = new RegExp(
  `^## (?<title>.+) \\((?<audience>ANYONE|USER|ADMIN)\\)\\s+${fence('graphql', 'query')}` +
    `(?:${fence('json', 'variables')})?(?:${fence('graphql prepare', 'prepare')})?`,
  'gm',
);

const TEXT = readFileSync(path.join(__dirname, 'examples.md'), 'utf8');

/** The operations of examples.md, in its order; `articleUrl` is what the one that requests an article is given. */
export function exampleOperations({ articleUrl }: { articleUrl: string }): Example[] {
  return [...TEXT.matchAll(EXAMPLE)].map(({ groups: { variables = '{}', ...example } = {} }) => ({
    ...(example as unknown as Omit<Example, 'variables'>),
    variables: JSON.parse(variables, (_key, value) =>
      value === 'ARTICLE_URL' ? articleUrl : (value as unknown),
    ) as Example['variables'],
  }));
}
