import { readdirSync } from 'node:fs';
import path from 'node:path';

const APP = path.resolve(__dirname, '../../../examples/web/src/app');

/** The path of every page of the web client; `places` has what stands in square brackets, by the path of the page. */
export function pathsOfPages(places: Record<string, string>): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => {
      const folders = path.dirname(file).split(path.sep);
      const page = `/${folders.filter((folder) => !/^(\.|\(.*\))$/.test(folder)).join('/')}`;
      const filled = page.replace(/\[\w+\]/, (name) => places[page] ?? name);
      if (filled.includes('[')) throw new Error(`the test does not know what to put into ${page}`);
      return filled;
    })
    .sort();
}
