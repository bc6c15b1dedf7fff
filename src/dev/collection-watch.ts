import type { Prisma } from '../adapters/database/database';
import type { GenerationJob, Prisma as PrismaTypes } from '../generated/prisma/client';

const LOOK_MS = 1_000;
/** A job's end is its transaction's begin: it may be seen later than the end of another one. */
const SEEN_LATE_MS = 30_000;
const COLUMNS = 80;

export interface ProgressOptions {
  prisma: Prisma;
  /** Where lines go. */
  terminal: Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean; columns?: number };
  lookMs?: number;
}

/** What the newsroom does by itself. */
const COLLECTED: PrismaTypes.GenerationJobWhereInput = {
  OR: [{ kind: 'COLLECTION' }, { input: { path: ['task'], equals: 'collect' } }],
};

/** Says in a terminal what was collected and written, and what is being done now. Returns what stops it. */
export function watchCollection({ prisma, terminal, lookMs = LOOK_MS }: ProgressOptions): () => void {
  const told = new Set<string>();
  let begun: Date | null = null;
  let last = new Date(0);
  let openLine = '';
  const write = (text: string, isLasting: boolean) => {
    terminal.write(`${openLine === '' ? '' : '\r\u001b[2K'}${text}${isLasting ? '\n' : ''}`);
    openLine = isLasting ? '' : text;
  };
  const tellEnded = async (since: Date) => {
    const ended = await prisma.generationJob.findMany({
      where: { ...COLLECTED, finishedAt: { gte: since } },
      select: {
        id: true, kind: true, status: true, errorCode: true, sourceUrl: true, finishedAt: true,
        article: { select: { id: true, title: true, status: true } },
        feedReports: { select: { new: true, errorCode: true, publisher: { select: { name: true } } } },
      },
      orderBy: { finishedAt: 'asc' },
    }); // prettier-ignore
    for (const job of ended) {
      last = job.finishedAt!;
      const end = `${job.id} ${last.getTime()}`;
      if (told.has(end)) continue;
      told.add(end);
      for (const line of linesOf(job)) write(`  ${line}`, true);
    }
  };
  const tellUnderWay = async () => {
    const status = { in: ['RUNNING', 'QUEUED'] } satisfies PrismaTypes.EnumGenerationStatusFilter;
    const job = await prisma.generationJob.findFirst({
      where: { ...COLLECTED, status },
      // Running ones before waiting ones.
      orderBy: [{ status: 'desc' }, { updatedAt: 'desc' }],
    });
    // A line that wraps could not be written over.
    const line = job ? `  ${underWay(job)}`.slice(0, (terminal.columns ?? COLUMNS) - 1) : '';
    if (terminal.isTTY && line !== openLine) write(line, false);
  };
  const look = async () => {
    begun ??= (await prisma.$queryRaw<{ now: Date }[]>`SELECT now() AS now`)[0]!.now;
    await tellEnded(new Date(Math.max(begun.getTime(), last.getTime() - SEEN_LATE_MS)));
    await tellUnderWay();
  };
  let looking = Promise.resolve();
  // The database may be away for a moment; the gateway's log says so.
  const timer = setInterval(() => (looking = looking.then(look).catch(() => {})), lookMs);
  timer.unref();
  return () => clearInterval(timer);
}

type EndedJob = Pick<GenerationJob, 'kind' | 'status' | 'errorCode' | 'sourceUrl'> & {
  article: { id: string; title: string; status: string } | null;
  feedReports: { new: number; errorCode: string | null; publisher: { name: string } }[];
};

function underWay({ kind, status, step, progress, sourceUrl }: GenerationJob): string {
  const what = kind === 'COLLECTION' ? 'Collecting' : 'Article   ';
  return `${what} ${status === 'RUNNING' ? `${step ?? 'starting'} ${progress} %` : 'waits'}  ${sourceUrl ?? ''}`;
}

function linesOf({ kind, status, errorCode, sourceUrl, article, feedReports }: EndedJob): string[] {
  const lines = feedReports
    .filter((report) => report.new > 0 || report.errorCode !== null)
    .map(
      ({ publisher, new: fresh, errorCode: fault }) =>
        `Collected  ${fresh} new of ${publisher.name}${fault === null ? '' : ` (${fault})`}`,
    );
  const what = sourceUrl ?? `the ${kind.toLowerCase()}`;
  if (status === 'FAILED') lines.push(`Failed     ${what}  (${errorCode})`);
  if (status === 'CANCELED') lines.push(`Canceled   ${what}`);
  if (status === 'SUCCEEDED' && article) {
    const state = article.status === 'PUBLISHED' ? 'published' : 'in review';
    lines.push(`Written    ${article.title}  (${state}, ${article.id})`);
  }
  return lines;
}
