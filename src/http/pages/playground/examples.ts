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
  /** Run as soon as it is opened. */
  atOnce: boolean;
  /** A subscription that goes on from the answer, with the values under the names of its variables. */
  follow?: string;
}

const fence = (kind: string, name: string) => `\`\`\`${kind}\\n(?<${name}>[^\`]+)\\n\`\`\`\\s*`;
const EXAMPLE = new RegExp(
  `^## (?<title>.+) \\((?<audience>ANYONE|USER|ADMIN)(?<atOnce>, at once)?\\)\\s+${fence('graphql', 'query')}` +
    `(?:${fence('json', 'variables')})?(?:${fence('graphql prepare', 'prepare')})?(?:${fence('graphql follow', 'follow')})?`,
  'gm',
);

const TEXT = readFileSync(path.join(__dirname, 'examples.md'), 'utf8');

/** What the request for an article is given where no newsroom has one that works. */
const SOME_ARTICLE = 'https://www.mk.co.kr/news/economy/기사번호';

/** The operations of examples.md, in its order. Without an `articleUrl` that works, the one that requests it waits for it. */
export function exampleOperations(articleUrl: string | null): Example[] {
  return [...TEXT.matchAll(EXAMPLE)].map(({ groups: { variables = '{}', atOnce, ...example } = {} }) => ({
    ...(example as unknown as Omit<Example, 'variables' | 'atOnce'>),
    atOnce: atOnce !== undefined && (articleUrl !== null || !variables.includes('ARTICLE_URL')),
    variables: JSON.parse(variables, (_key, value) =>
      value === 'ARTICLE_URL' ? (articleUrl ?? SOME_ARTICLE) : (value as unknown),
    ) as Example['variables'],
  }));
}
