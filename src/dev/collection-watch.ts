import type { Prisma } from '../adapters/database/database';
import type { GenerationJob } from '../generated/prisma/client';

const LOOK_MS = 1_000;

export interface ProgressOptions {
  prisma: Prisma;
  /** Where lines go. */
  terminal: Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean };
  lookMs?: number;
}

/** Says in a terminal what the newsroom does by itself: what was collected and what is being made of it. Returns what stops it. */
export function watchCollection({ prisma, terminal, lookMs = LOOK_MS }: ProgressOptions): () => void {
  const told = new Set<string>();
  let since: Date | null = null;
  let isLineOpen = false;
  const write = (text: string, isLasting: boolean) => {
    if (!isLasting && !terminal.isTTY) return;
    terminal.write(`${isLineOpen ? '\r\u001b[2K' : ''}  ${text}${isLasting ? '\n' : ''}`);
    isLineOpen = !isLasting;
  };
  const look = async () => {
    since ??= (await prisma.$queryRaw<{ now: Date }[]>`SELECT now() AS now`)[0]!.now;
    const jobs = await prisma.generationJob.findMany({
      where: {
        updatedAt: { gte: since },
        OR: [{ kind: 'COLLECTION' }, { input: { path: ['task'], equals: 'collect' } }],
      },
      include: { article: true, feedReports: { include: { publisher: true } } },
      orderBy: { updatedAt: 'asc' },
      take: 100,
    });
    for (const job of jobs) {
      since = job.updatedAt;
      if (job.finishedAt === null) write(underWay(job), false);
      else if (!told.has(job.id)) {
        told.add(job.id);
        for (const line of linesOf(job)) write(line, true);
      }
    }
  };
  let looking = Promise.resolve();
  // The database may be away for a moment; the gateway's log says so.
  const timer = setInterval(() => (looking = looking.then(look).catch(() => {})), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}

type Watched = GenerationJob & {
  article: { id: string; title: string } | null;
  feedReports: { new: number; errorCode: string | null; publisher: { name: string } }[];
};

function underWay({ kind, status, step, progress, sourceUrl }: Watched): string {
  const what = kind === 'COLLECTION' ? 'Collecting' : 'Article   ';
  return `${what} ${status === 'RUNNING' ? `${step ?? 'starting'} ${progress} %` : 'waits'}  ${sourceUrl ?? ''}`;
}

function linesOf({ kind, errorCode, sourceUrl, article, feedReports }: Watched): string[] {
  if (kind === 'COLLECTION')
    return feedReports
      .filter((report) => report.new > 0 || report.errorCode !== null)
      .map(
        ({ publisher, new: fresh, errorCode: fault }) =>
          `Collected  ${fresh} new of ${publisher.name}${fault === null ? '' : ` (${fault})`}`,
      );
  return [
    article
      ? `Written    ${article.title}  (in review, ${article.id})`
      : `Failed     ${sourceUrl}  (${errorCode})`,
  ];
}
