import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file that our pages load. */
export interface Asset {
  /** Its version is a part of it, so that it can be cached for ever. */
  url: string;
  contentType: string;
  body: Buffer;
  gzipped: Buffer;
}

const FROM_PACKAGES = {
  graphiqlStyle: ['graphiql', 'graphiql.min.css'],
  react: ['react', 'umd/react.production.min.js'],
  reactDom: ['react-dom', 'umd/react-dom.production.min.js'],
  graphiql: ['graphiql', 'graphiql.min.js'],
  graphqlWs: ['graphql-ws', 'umd/graphql-ws.min.js'],
} as const;
const OWN = {
  style: 'playground.css',
  client: 'playground-client.js',
  live: 'live-client.js',
  queues: 'queues-client.js',
} as const;

export type Assets = Record<keyof typeof FROM_PACKAGES | keyof typeof OWN, Asset>;

/** Reads every file once; there is no way from a URL to any other file. */
export async function loadAssets(): Promise<Assets> {
  const packaged = Object.entries(FROM_PACKAGES).map(async ([key, [name, file]]) => {
    const manifest = require.resolve(`${name}/package.json`);
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
    const body = await readFile(path.join(path.dirname(manifest), file));
    return [key, await assetOf(`${name}-${version}`, file, body)] as const;
  });
  const own = Object.entries(OWN).map(async ([key, file]) => {
    const body = await readFile(path.join(__dirname, file));
    const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
    return [key, await assetOf(version, file, body)] as const;
  });
  return Object.fromEntries(await Promise.all([...packaged, ...own])) as Assets;
}

async function assetOf(folder: string, file: string, body: Buffer): Promise<Asset> {
  return {
    url: `/playground/${folder}/${path.basename(file)}`,
    contentType: `${file.endsWith('.css') ? 'text/css' : 'text/javascript'}; charset=utf-8`,
    body,
    gzipped: await promisify(gzip)(body),
  };
}
