import { startNewsroom, type Newsroom } from './live-newsroom';
import { linesOf, openLiveSocket } from './live-socket';
import { report, round } from './report';
import { median, quantile } from './rounds';
import { startSlowModel } from './slow-model';

const QUESTIONS = 50;
const AT_ONCE = 4;
const ASK = 'mutation ($question: String!) { askQuestion(question: $question) { id } }';
const WATCH = 'subscription ($id: ID!) { answerUpdated(id: $id) { text status } }';

/** From a reader's question to the first words of its answer over a socket, without the wait for the model's first token. */
export async function benchFirstWords(): Promise<boolean> {
  const model = await startSlowModel();
  let newsroom: Newsroom | undefined;
  try {
    newsroom = await startNewsroom({
      gateways: 1,
      gateway: { RATE_LIMIT_QUESTIONS_PER_DAY: '0' },
      worker: { OPENAI_API_KEY: 'slow', OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'slow' },
    });
    const { query, token, ports } = newsroom;
    const faults: unknown[] = [];
    const socket = openLiveSocket(`http://127.0.0.1:${ports[0]}`, token, (fault) => faults.push(fault));
    const { economicTerms } = await query<{ economicTerms: { edges: { node: { term: string } }[] } }>(
      `{ economicTerms(first: ${QUESTIONS}) { edges { node { term } } } }`,
    );
    const terms = economicTerms.edges.map(({ node }) => node.term);

    /** Milliseconds over the model's own; null for what was answered without it. */
    const ask = async (question: string): Promise<number | null> => {
      const askedAt = performance.now();
      const { askQuestion } = await query<{ askQuestion: { id: string } }>(ASK, { question });
      const { words, end } = watch(askQuestion.id);
      const ms = (await words) - askedAt;
      await end;
      const wait = model.waitOf(question);
      return wait === undefined ? null : ms - wait;
    };
    const watch = (id: string) => {
      let onWords = (_at: number) => {};
      let onEnd = () => {};
      const words = new Promise<number>((resolve) => (onWords = resolve));
      const end = new Promise<void>((resolve) => (onEnd = resolve));
      void socket.watch<{ text: string; status: string }>(WATCH, { id }, ({ text, status }, stop) => {
        if (text !== '') onWords(performance.now());
        if (['SUCCEEDED', 'FAILED', 'CANCELED'].includes(status)) {
          onWords(NaN);
          onEnd();
          stop();
        }
      });
      return { words, end };
    };
    const askAll = async (atOnce: number, asked: (n: number) => string) => {
      const overs: (number | null)[] = [];
      let next = 0;
      const reader = async () => {
        while (next < QUESTIONS) overs.push(await ask(asked(next++)));
      };
      await Promise.all(Array.from({ length: atOnce }, reader));
      return overs.filter((over) => over !== null);
    };

    await ask(`${terms[0]}이 뭐예요?`); // the first one opens what the others use
    const oneByOne = await askAll(1, (n) => `${terms[n % terms.length]} 뜻이 뭐예요? (${n + 1})`);
    const together = await askAll(AT_ONCE, (n) => `${terms[n % terms.length]} 설명해 주세요. (${n + 1})`);
    await socket.close();
    const line = (what: string, overs: number[]) =>
      `${what}: ${overs.length} answered by the model, p50 ${round(median(overs))} ms, p99 ${round(quantile(overs, 0.99))} ms`;
    return report(
      `From askQuestion to the first words at the reader, over the model's own wait; ${QUESTIONS} questions each`,
      [line('one after another', oneByOne), line(`${AT_ONCE} at once`, together), ...linesOf(faults)],
      [
        { name: 'one after another: p99', value: quantile(oneByOne, 0.99), atMost: 300, unit: ' ms' },
        { name: `${AT_ONCE} at once: p99`, value: quantile(together, 0.99), atMost: 300, unit: ' ms' },
        { name: 'refused', value: faults.length, exactly: 0 },
      ],
    );
  } finally {
    await newsroom?.close();
    await model.close();
  }
}
