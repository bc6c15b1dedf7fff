import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What the last stage of a Dockerfile says about running it. */
export interface Image {
  /** The folder that stands for `/`. */
  root: string;
  workdir: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
  healthCheck: string[];
  stopSignal: string;
}

interface Instruction {
  name: string;
  text: string;
}

type Stage = Image & { name: string };

/**
 * Follows a Dockerfile without Docker: each stage is a folder below `folder`, which gets only what COPY puts there, and
 * RUN is run in it by a shell. The base image is this machine. Throws for what it does not know.
 */
export function buildImage(context: string, folder: string, buildEnvironment: NodeJS.ProcessEnv): Image {
  const isIgnored = ignoreRules(path.join(context, '.dockerignore'));
  const stages: Stage[] = [];
  for (const { name, text } of instructionsOf(readFileSync(path.join(context, 'Dockerfile'), 'utf8'))) {
    if (name === 'FROM') {
      const root = path.join(folder, `stage-${stages.length}`);
      mkdirSync(root, { recursive: true });
      const [, alias = String(stages.length)] = /\sAS\s+(\S+)$/i.exec(text) ?? [];
      stages.push({
        name: alias, root, workdir: '/', environment: {}, user: 'root', command: [], healthCheck: [], stopSignal: '',
      }); // prettier-ignore
      continue;
    }
    follow(name, text, stages, { context, isIgnored, buildEnvironment });
  }
  return stages.at(-1)!;
}

function follow(
  name: string,
  text: string,
  stages: Stage[],
  build: { context: string; isIgnored: (file: string) => boolean; buildEnvironment: NodeJS.ProcessEnv },
): void {
  const stage = stages.at(-1)!;
  switch (name) {
    case 'WORKDIR':
      stage.workdir = path.posix.resolve(stage.workdir, text);
      mkdirSync(path.join(stage.root, stage.workdir), { recursive: true });
      return;
    case 'ENV':
      for (const [, key, value] of text.matchAll(/(\w+)=(\S+)/g)) stage.environment[key!] = value!;
      return;
    case 'COPY':
      return copy(text, stage, stages, build);
    case 'RUN':
      execFileSync('sh', ['-ec', text], {
        cwd: path.join(stage.root, stage.workdir),
        env: { ...build.buildEnvironment, ...stage.environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return;
    case 'USER':
      stage.user = text;
      return;
    case 'STOPSIGNAL':
      stage.stopSignal = text;
      return;
    case 'CMD':
      stage.command = JSON.parse(text) as string[];
      return;
    case 'HEALTHCHECK':
      stage.healthCheck = JSON.parse(text.slice(text.indexOf('['))) as string[];
      return;
    case 'LABEL':
    case 'EXPOSE':
      return;
    default:
      throw new Error(`${name} of the Dockerfile is not known here`);
  }
}

/** COPY of files and of folders' contents; from another stage without the files' bytes being copied. */
function copy(
  text: string,
  stage: Stage,
  stages: Stage[],
  { context, isIgnored }: { context: string; isIgnored: (file: string) => boolean },
): void {
  const words = text.split(/\s+/);
  const from = /^--from=(\S+)$/.exec(words[0]!)?.[1];
  if (from !== undefined) words.shift();
  const target = words.pop()!;
  const to = path.join(stage.root, path.posix.resolve(stage.workdir, target));
  const isFolder = target.endsWith('/') || words.length > 1;
  for (const word of words) {
    const source = path.join(from === undefined ? context : stages.find((s) => s.name === from)!.root, word);
    const at = statSync(source).isFile() && isFolder ? path.join(to, path.basename(source)) : to;
    mkdirSync(path.dirname(at), { recursive: true });
    if (from !== undefined) execFileSync('cp', ['-alT', source, at]);
    else cpSync(source, at, { recursive: true, filter: (file) => !isIgnored(path.relative(context, file)) });
    if (!existsSync(at)) throw new Error(`COPY: ${word} is in .dockerignore`);
  }
}

/** Comments, and lines that are continued by a backslash. */
function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  return lines
    .join('\n')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ name: line.split(' ')[0]!, text: line.slice(line.indexOf(' ') + 1).trim() }));
}

/** The last pattern that matches a file, or a folder on the way to it, decides. */
function ignoreRules(file: string): (relative: string) => boolean {
  const rules = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const pattern = line.replace(/^!/, '').replaceAll('.', '\\.');
      const regex = pattern.replaceAll('**/', '(.{0,}/)?').replaceAll('*', '[^/]*');
      return { keeps: line.startsWith('!'), regex: new RegExp(`^${regex}(/|$)`) };
    });
  return (relative) => !(rules.findLast(({ regex }) => regex.test(relative))?.keeps ?? true);
}

/** Every file below a folder, relative to it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
