import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What a reader of a guide may type. */
export interface Command {
  guide: string;
  language: 'sh' | 'graphql';
  /** Its first line without the comment behind it: tells it apart from the others. */
  name: string;
  /** All of it, as it stands in the guide. */
  text: string;
}

const ROOT = path.resolve(__dirname, '../../..');
const BLOCK = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;
/** Other blocks: code that other tests quote, code of apps, which none runs, and drawings. */
const NO_COMMANDS = ['ts', 'sql', 'yaml', 'swift', 'kotlin', 'text', ''];

const SHELL = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|docker|scripts\/\S+|pg_\w+|psql|curl|openssl) /;
const SQL = /^(?:SELECT|ALTER|DROP|CREATE|SET|INSERT|UPDATE|DELETE) /;
/** A document, a field with its selection, a field with its arguments. */
const GRAPHQL =
  /^(?:mutation |query |subscription )?\{ .*\}$|^\w+(?:\([^)]*\))? \{ [\w {}]+ \}$|^\w+\(\w+: [^)]*\)$/;

/** Every block and every command within a sentence; what is there twice, once. Throws for a block of another language. */
export function commandsOf(guides: string[]): Command[] {
  const found = new Map<string, Command>();
  for (const guide of guides) {
    const add = (language: Command['language'], text: string) => {
      const name = text.split('\n')[0]!.replace(/ +#.*/, '');
      if (!found.has(name)) found.set(name, { guide, language, name, text });
    };
    const guideText = readFileSync(path.join(ROOT, guide), 'utf8');
    const prose = guideText.replace(BLOCK, (_block, indent: string, language: string, body: string) => {
      const text = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trimEnd();
      if (language === 'graphql') for (const document of text.split('\n')) add('graphql', document);
      else if (language === 'sh') add('sh', text);
      else if (!NO_COMMANDS.includes(language)) throw new Error(`${guide}: a block of ${language}`);
      return '';
    });
    if (/\n\n {4}\S/.test(prose.replace(/^ *(?:[-*]|\d+\.) [\s\S]*?\n(?=\n\S|$)/gm, '')))
      throw new Error(`${guide}: an indented block, which does not say what language it is`);
    for (const [, code] of prose.matchAll(/`([^`]+)`/g)) {
      const text = code!.replace(/\s+/g, ' ');
      if (GRAPHQL.test(text)) add('graphql', text);
      else if (SHELL.test(text) || SQL.test(text)) add('sh', text);
    }
  }
  return [...found.values()];
}
