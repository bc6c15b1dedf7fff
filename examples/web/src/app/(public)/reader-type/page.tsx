import type { Metadata } from 'next';
import Link from 'next/link';
import { publicPage } from '@/components/public-page';
import { ReaderQuestionsDocument } from '@/graphql/generated/graphql';
import { openCookies } from '@/server/cookies';
import { readPublic } from '@/server/public-data';
import { ReaderTypeTest } from './reader-type-test';
import styles from './reader-type.module.css';

const TITLE = '유형 검사';
const DESCRIPTION = '열 가지 질문으로 나는 어떤 경제 뉴스 독자인지 알아보고, 어울리는 기사를 추천받으세요.';

export const metadata: Metadata = {
  title: TITLE,
  description: DESCRIPTION,
  alternates: { canonical: '/reader-type' },
  openGraph: {
    title: `${TITLE} | 경단`,
    description: DESCRIPTION,
    siteName: '경단',
    locale: 'ko_KR',
    type: 'website',
  },
};

export default publicPage(async () => {
  const { readerQuestions } = await readPublic(ReaderQuestionsDocument, {});
  const { role } = await openCookies();
  return (
    <div className={styles.page}>
      <h1>유형 검사</h1>
      <ReaderTypeTest questions={readerQuestions}>
        <p>
          질문 {readerQuestions.length}개에 답하면 나는 어떤 독자인지 알려 드리고, 어울리는 기사를 바로 추천해
          드려요.
        </p>
        <p className={styles.note}>
          {role ? (
            <>
              결과는 <Link href="/me">내 정보</Link>에 저장되고, 전에 한 검사의 결과는 새 결과로 바뀌어요.
            </>
          ) : (
            <>
              로그인하지 않아도 할 수 있어요. 결과를 저장하려면{' '}
              <Link href="/login?returnTo=%2Freader-type" prefetch={false}>
                로그인
              </Link>
              한 뒤에 해 주세요.
            </>
          )}
        </p>
      </ReaderTypeTest>
    </div>
  );
});
