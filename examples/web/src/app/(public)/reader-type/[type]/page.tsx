import type { Metadata } from 'next';
import Link from 'next/link';
import { READER_TYPES, readerTypeOf, readerTypePath } from '@/components/reader-types';
import type { ReaderType } from '@/graphql/generated/graphql';
import { notThere } from '@/server/not-there';
import styles from '../reader-type.module.css';

export async function generateMetadata({ params }: PageProps<'/reader-type/[type]'>): Promise<Metadata> {
  const type = readerTypeOf((await params).type);
  if (!type) return {};
  const { name, description } = READER_TYPES[type];
  return {
    title: `나의 유형은 ${name}`,
    description,
    alternates: { canonical: readerTypePath(type) },
    openGraph: {
      title: `나는 ${name}! 당신은 어떤 독자인가요?`,
      description: `${description} 경단의 유형 검사로 나의 유형도 알아보세요.`,
      url: readerTypePath(type),
      siteName: '경단',
      locale: 'ko_KR',
      type: 'website',
    },
  };
}

export default async function ReaderTypePage({ params }: PageProps<'/reader-type/[type]'>) {
  const type = readerTypeOf((await params).type) ?? notThere();
  const { name, description } = READER_TYPES[type];
  const others = (Object.keys(READER_TYPES) as ReaderType[]).filter((other) => other !== type);
  return (
    <div className={styles.page}>
      <section className={styles.result}>
        <h1>
          <span className={styles.note}>경단 독자 유형</span> {name}
        </h1>
        <p>{description}</p>
        <p>
          <Link className="button primary" href="/reader-type">
            나도 검사하기
          </Link>
        </p>
      </section>
      <section aria-labelledby="others">
        <h2 id="others">다른 유형</h2>
        <ul className={styles.others}>
          {others.map((other) => (
            <li key={other}>
              <Link href={readerTypePath(other)} prefetch={false}>
                {READER_TYPES[other].name}
              </Link>
              <p>{READER_TYPES[other].description}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
