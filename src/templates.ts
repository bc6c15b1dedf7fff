import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeUTF8 } from 'entities';
import Mustache from 'mustache';

/**
 * What fills a folder's `*.mustache` files by name; `{{value}}` is escaped, for HTML unless told otherwise, `{{> name}}` is
 * another file of the folder.
 */
export function templatesIn(folder: string, escape = escapeUTF8): (name: string, view: object) => string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mustache'));
  const texts = Object.fromEntries(
    files.map((file) => [path.parse(file).name, readFileSync(path.join(folder, file), 'utf8')]),
  );
  return (name, view) => Mustache.render(texts[name]!, view, texts, { escape });
}
