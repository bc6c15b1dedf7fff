import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/adapters/database/database';
import { seedReferenceData } from '../../src/domain/reference-data/reference-data';
import { createLogger } from '../../src/logger';
import { createTestDatabase } from '../helpers/test-database';

const CATEGORIES = [
  'ECONOMY_AND_BUSINESS',
  'POLITICS_AND_SOCIETY',
  'TECHNOLOGY_AND_CULTURE',
  'SPORTS_AND_LEISURE',
  'OPINION_AND_ANALYSIS',
];

interface SeedArticle {
  slug: string;
  publisher: string;
  category: string;
  title: string;
  content: string;
  comment: string;
  phrases: { expression: string; easy: string }[];
  publishedHoursAgo: number;
}

interface NewsroomArticle {
  slug: string;
  shape: string;
  title: string;
  paragraphs: string[];
  category: string;
  publishedAt: string;
}

const readJson = <T>(path: string): T =>
  JSON.parse(readFileSync(join(__dirname, '../..', path), 'utf8')) as T;

const countBy = <T>(items: T[], key: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
};

const repeated = <T>(values: T[]): T[] => values.filter((value, index) => values.indexOf(value) !== index);

const outside = (length: number, min: number, max: number): boolean => length < min || length > max;

describe('the labelled sentences', () => {
  const labels = readJson<Record<string, string[]>>(
    'src/domain/article/rewriting/extractive/labelled-sentences.json',
  );

  it('hold at least 80 sentences for each of the five categories', () => {
    expect(Object.keys(labels)).toEqual(CATEGORIES);
    expect(Object.entries(labels).filter(([, sentences]) => sentences.length < 80)).toEqual([]);
  });

  it('are 25 to 80 characters long and appear only once', () => {
    const sentences = Object.values(labels).flat();
    expect(sentences.filter((sentence) => outside(sentence.length, 25, 80))).toEqual([]);
    expect(repeated(sentences)).toEqual([]);
  });
});

describe('the demo newsroom', () => {
  const articles = readJson<NewsroomArticle[]>('src/dev/standins/newsroom/articles.json');

  it('has six articles for each page shape, in all categories', () => {
    expect(countBy(articles, ({ shape }) => shape)).toEqual({ mk: 6, hankyung: 6, sedaily: 6 });
    expect(Object.keys(countBy(articles, ({ category }) => category)).sort()).toEqual([...CATEGORIES].sort());
  });

  it('has unique ASCII slugs, titles and dates within the week it shows', () => {
    expect(repeated(articles.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(articles.map(({ title }) => title))).toEqual([]);
    expect(articles.filter(({ slug }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))).toEqual([]);
    const from = Date.parse('2026-11-16T00:00:00+09:00');
    const until = Date.parse('2026-11-24T00:00:00+09:00');
    const stray = articles.filter(
      ({ publishedAt }) => !(Date.parse(publishedAt) >= from && Date.parse(publishedAt) < until),
    );
    expect(stray).toEqual([]);
  });

  it('prints 6 to 10 paragraphs and 900 to 1,800 characters an article', () => {
    const misfits = articles.filter(
      ({ paragraphs }) => outside(paragraphs.length, 6, 10) || outside(paragraphs.join('').length, 900, 1800),
    );
    expect(misfits.map(({ slug }) => slug)).toEqual([]);
  });
});

describe('the seed', () => {
  const publishers = readJson<{ name: string; domain: string; feedUrl: string | null }[]>(
    'prisma/seed/publishers.json',
  );
  const articles = readJson<SeedArticle[]>('prisma/seed/articles.json');

  it('knows the three publishers', () => {
    expect(publishers.map(({ domain }) => domain)).toEqual(['mk.co.kr', 'hankyung.com', 'sedaily.com']);
  });

  it('has 36 distinct articles, at least six in each category', () => {
    expect(articles).toHaveLength(36);
    const counts = countBy(articles, ({ category }) => category);
    expect(Object.keys(counts).sort()).toEqual([...CATEGORIES].sort());
    expect(Object.entries(counts).filter(([, count]) => count < 6)).toEqual([]);
    for (const key of ['slug', 'title', 'content', 'publishedHoursAgo'] as const) {
      expect(repeated(articles.map((article) => article[key]))).toEqual([]);
    }
  });

  it('keeps contents between 300 and 800 characters, with a comment and a known publisher', () => {
    const names = publishers.map(({ name }) => name);
    const misfits = articles.filter(
      ({ content, comment, publisher, publishedHoursAgo }) =>
        outside(content.length, 300, 800) ||
        comment.length === 0 ||
        !names.includes(publisher) ||
        outside(publishedHoursAgo, 3, 400),
    );
    expect(misfits.map(({ slug }) => slug)).toEqual([]);
  });

  it('explains two to four phrases an article, each of which occurs in its content', () => {
    const misfits = articles.filter(
      ({ content, phrases }) =>
        outside(phrases.length, 2, 4) ||
        phrases.some(({ expression, easy }) => !content.includes(expression) || easy.length === 0),
    );
    expect(misfits.map(({ slug }) => slug)).toEqual([]);
  });

  it('is written once, also when two begin together, without its sample articles where only reference data is asked for', async () => {
    const { url, drop } = await createTestDatabase();
    const logger = createLogger({ level: 'silent', pretty: false });
    const database = openDatabase({ url, connections: 2, logger });
    const { prisma } = database;
    try {
      await prisma.$executeRaw`TRUNCATE "Publisher", "Faq", "EconomicTerm" CASCADE`;
      const both = await Promise.all([1, 2].map(() => seedReferenceData(prisma, new Date())));
      const first = both.find(({ faqs }) => faqs > 0)!;
      expect(both.filter((added) => added !== first)).toEqual([{ publishers: 0, faqs: 0, terms: 0 }]);
      expect(Math.min(first.publishers, first.faqs, first.terms)).toBeGreaterThan(0);
      expect(await seedReferenceData(prisma, new Date())).toEqual({ publishers: 0, faqs: 0, terms: 0 });
      expect(await prisma.publisher.count()).toBe(first.publishers);
      expect(await prisma.article.count()).toBe(0);
    } finally {
      await database.close();
      await drop();
    }
  });
});
