import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Something readers look for: how articles write it, what readers type, and what only looks like it. */
export interface Concept {
  written: readonly string[];
  typed: readonly string[];
  traps: readonly string[];
}

export const CONCEPTS: readonly Concept[] = [
  { written: ['콜금리는 내렸다', '콜금리를 올렸다', '은행의 콜금리', '콜 금리가 그대로다'], typed: ['콜금리', '콜금리는', '콜금리를', '콜금리가', '콜 금리'], traps: ['프로토콜 금액이', '콜센터의 금요일'] },
  { written: ['대한은행이 밝혔다', '대한 은행에서는', '대한은행의 대출'], typed: ['대한은행', '대한 은행', '대한은행은'], traps: ['거대한 은행나무'] },
  { written: ['CPI가 올랐다', '미국의 cpi는', 'CPI·고용 지표'], typed: ['CPI', 'cpi', 'cpi가'], traps: ['SCPI 펀드'] },
  { written: ['7.25% 올랐다', '연 7.25%의', '7.25%로 내렸다'], typed: ['7.25%', '7.25'], traps: ['17.25% 올랐다', '725% 늘었다', '7 25%'] },
  { written: ['R&D 예산은', '연구비(R&D)를', 'R&D에서'], typed: ['R&D', 'r&d'], traps: ['R D 기호', 'HR&D 부서'] },
  { written: ['나스닥100 지수', '나스닥 100이', '나스닥100에는'], typed: ['나스닥100', '나스닥 100'], traps: ['나스닥 1100포인트'] },
  { written: ['풍력발전가 모임', '풍력발전가는', '풍력발전가를'], typed: ['풍력발전가'], traps: ['풍력 발전을', '풍력발전소'] },
  { written: ['통화스와프를', '통화 스와프가', '한미 통화스와프는'], typed: ['통화스와프', '통화 스와프', '통화스와', '통화스와프의'], traps: ['통화량'] },
  { written: ['핀테크로 바꾼', '핀테크 기업', '신핀테크법'], typed: ['핀테크', '핀테크는', '핀테'], traps: ['돌핀 테크노'] },
  { written: ['ESG를 공시', 'ESG공시가', 'esg 등급'], typed: ['ESG', 'esg는'], traps: ['LESG 모델'] },
]; // prettier-ignore

export interface CorpusArticle {
  title: string;
  content: string;
  /** Which of CONCEPTS it is about. */
  concepts: ReadonlySet<number>;
}

/** Park–Miller: the same articles at every run. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = (state * 48_271) % 0x7fffffff) % below;
}

/** Articles of the newspaper's own sentences, some of them with a concept or a trap of one. */
export function corpus(size: number): CorpusArticle[] {
  const random = randomFrom(20_261_124);
  const sentences = sourceSentences();
  // Squared: a few sentences, and so their words, are in many articles, most in few.
  const sentence = () => sentences[Math.floor((random(100_000) / 100_000) ** 2 * sentences.length)]!;
  return Array.from({ length: size }, () => {
    const concepts = new Set<number>();
    const lines = Array.from({ length: 9 }, sentence);
    for (const [index, { written, traps }] of CONCEPTS.entries()) {
      const chance = random(200);
      if (chance > 1) continue;
      if (chance === 0) concepts.add(index);
      const phrase = chance === 0 ? written : traps;
      lines.splice(random(lines.length), 0, `${phrase[random(phrase.length)]} 소식이에요.`);
    }
    return { title: sentence().slice(0, 40), content: lines.join('\n'), concepts };
  });
}

/** What articles are put together of. */
export function sourceSentences(): string[] {
  const read = (file: string) => JSON.parse(readFileSync(path.join(__dirname, '..', file), 'utf8')) as never;
  const labelled: Record<string, string[]> = read(
    'src/domain/article/rewriting/extractive/labelled-sentences.json',
  );
  const seeds: { content: string }[] = read('prisma/seed/articles.json');
  const all = [
    ...Object.values(labelled).flat(),
    ...seeds.flatMap(({ content }) => content.split(/(?<=[.?!])\s+/)),
  ];
  const words = CONCEPTS.flatMap(({ written, typed }) => [...written, ...typed]).map(despaced);
  return all.filter((text) => !words.some((word) => despaced(text).includes(word)));
}

function despaced(text: string): string {
  return text.toLowerCase().replace(/\s/g, '');
}
