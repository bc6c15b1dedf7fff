import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const SCRIPTS = path.resolve(__dirname, '../../scripts/deploy');

/** Runs a program to its end; its exit code, and what it printed. */
async function run(file: string, args: string[], env: Record<string, string>) {
  const options = { env: { PATH: process.env.PATH, ...env } };
  try {
    return { code: 0, ...(await promisify(execFile)(file, args, options)) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe('The message to Slack', () => {
  const RUN_URL = 'https://github.com/gyeongdan/gyeongdan/actions/runs/42';
  let server: Server;
  let webhook: string;
  let bodies: string[];
  let status: number;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      bodies.push(await text(request));
      response.writeHead(status).end(status === 200 ? 'ok' : 'invalid_blocks');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret-of-the-webhook`;
  });
  beforeEach(() => {
    bodies = [];
    status = 200;
  });
  afterAll(() => void server.close());

  const tell = (settings: Record<string, string> = {}) =>
    run(process.execPath, [path.join(SCRIPTS, 'slack-message.mjs')], {
      SLACK_WEBHOOK_URL: webhook,
      STATE: 'started',
      WHAT: '경단 서버',
      ENVIRONMENT: 'staging',
      COMMIT: '0123456789abcdef0123456789abcdef01234567',
      SUBJECT: 'Roll <script> & co\n\nwith more below',
      BRANCH: 'staging',
      ACTOR: 'hong',
      DETAIL: '',
      RUN_URL,
      ...settings,
    });

  it.each([
    ['started', '배포를 시작했습니다'],
    ['success', '배포에 성공했습니다'],
    ['failure', '배포에 실패했습니다'],
    ['cancelled', '배포가 취소되었습니다'],
    ['skipped', '배포하지 않았습니다'],
  ])('says %s in blocks, with a button to the run', async (state, words) => {
    expect(await tell({ STATE: state })).toMatchObject({ code: 0 });
    const { text: summary, blocks } = JSON.parse(bodies[0]!) as {
      text: string;
      blocks: { type: string; elements?: object[] }[];
    };
    expect(summary).toContain(`경단 서버 (staging) ${words}`);
    expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'actions']);
    expect(blocks.at(-1)!.elements).toEqual([
      expect.objectContaining({
        type: 'button',
        url: RUN_URL,
        text: { type: 'plain_text', text: '실행 보기' },
      }),
    ]);
  });

  it('tells what was rolled back, and takes no text of a commit for markup', async () => {
    await tell({ STATE: 'failure', DETAIL: 'gyeongdan-staging-worker was rolled back' });
    expect(bodies[0]).toContain('gyeongdan-staging-worker was rolled back');
    expect(bodies[0]).toContain('Roll &lt;script&gt; &amp; co"');
    expect(bodies[0]).not.toContain('with more below');
  });

  it('fails when Slack does not take it, without a word of the address', async () => {
    status = 400;
    const { code, stdout, stderr } = await tell();
    expect(code).toBe(1);
    expect(stderr).toContain('Slack answers 400 invalid_blocks');
    const unreachable = await tell({ SLACK_WEBHOOK_URL: 'http://127.0.0.1:1/secret-of-the-webhook' });
    expect(unreachable.code).toBe(1);
    expect(stdout + stderr + unreachable.stdout + unreachable.stderr).not.toContain('secret-of-the-webhook');
  });

  it('warns where there is no webhook, and refuses a state that it does not know', async () => {
    expect(await tell({ SLACK_WEBHOOK_URL: '' })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('::warning::'),
    });
    expect(await tell({ STATE: 'odd' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not odd'),
    });
    expect(bodies).toEqual([]);
  });
});

describe('Pushing the image', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gyeongdan-push-'));
  const pushed = path.join(folder, 'pushed');
  const log = path.join(folder, 'log');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Programs that write down how they were called; the registry knows a tag once it was pushed. */
  function standIn(name: string, script: string): void {
    writeFileSync(path.join(folder, name), `#!/bin/sh\necho "${name} $*" >>"${log}"\n${script}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  beforeEach(() => {
    rmSync(pushed, { force: true });
    rmSync(log, { force: true });
    standIn('docker', `[ "$1" = push ] && touch "${pushed}"; echo noise`);
    standIn('aws', `[ -e "${pushed}" ] && echo sha256:abc || { echo ImageNotFoundException >&2; exit 254; }`);
  });

  const push = () =>
    run(path.join(SCRIPTS, 'push-image.sh'), ['registry.example', 'gyeongdan-staging', '0123abc'], {
      PATH: `${folder}:${process.env.PATH}`,
    });
  const calls = () => readFileSync(log, 'utf8').match(/^docker.*/gm) ?? [];

  it('builds it, pushes it by its commit and prints its digest', async () => {
    expect(await push()).toMatchObject({ code: 0, stdout: 'sha256:abc\n' });
    const image = 'registry.example/gyeongdan-staging:0123abc';
    expect(calls()).toEqual([
      expect.stringMatching(`^docker build --provenance=false --tag ${image} /.*`),
      `docker push ${image}`,
    ]);
  });

  it('takes the image that a run before has pushed: a tag never changes', async () => {
    writeFileSync(pushed, '');
    expect(await push()).toMatchObject({ code: 0, stdout: 'sha256:abc\n' });
    expect(calls()).toEqual([]);
  });

  it('builds nothing when the registry cannot be asked, or the build fails', async () => {
    standIn('aws', 'echo AccessDeniedException >&2; exit 254');
    expect(await push()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('AccessDenied'),
    });
    expect(calls()).toEqual([]);
    standIn('aws', 'echo ImageNotFoundException >&2; exit 254');
    standIn('docker', 'exit 1');
    expect(await push()).toMatchObject({ code: 1, stdout: '' });
    expect(calls()).toHaveLength(1);
  });
});
