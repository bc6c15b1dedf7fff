'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { ArticleList } from '@/components/article-list';
import { faultIn } from '@/graphql/fault-in';
import { MeDocument, type MeQuery } from '@/graphql/generated/graphql';
import { DeleteAccount } from './delete-account';
import { ExportData } from './export-data';
import { MyType } from './my-type';
import { Person } from './person';
import { Sessions } from './sessions';
import styles from './me.module.css';

/** All that a reader can see and do about their own account. */
export function Me() {
  const { data, error, refetch } = useQuery(MeDocument, { fetchPolicy: 'cache-and-network' });
  return (
    <div className={styles.page}>
      <h1>내 정보</h1>
      {!data && !error && <p className={styles.note}>불러오는 중…</p>}
      {!data && error && <NotLoaded error={error} onRetry={() => void refetch().catch(() => {})} />}
      {data && <Account me={data.me} />}
    </div>
  );
}

function NotLoaded({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const { code, message } = faultIn(error);
  return (
    <div role="alert" className={styles.actions}>
      <p className="alert">{message}</p>
      {code === 'UNAUTHENTICATED' ? (
        <a className="button" href="/login?returnTo=%2Fme">
          로그인하기
        </a>
      ) : (
        <button className="button" onClick={onRetry}>
          다시 불러오기
        </button>
      )}
    </div>
  );
}

function Account({ me }: { me: MeQuery['me'] }) {
  const { readerProfile, recentArticles, sessions } = me;
  return (
    <>
      <Person me={me} />
      <MyType profile={readerProfile} />
      <section aria-labelledby="recent">
        <h2 id="recent">최근에 읽은 기사</h2>
        {recentArticles?.length ? (
          <ArticleList articles={recentArticles} />
        ) : (
          <p className={styles.note}>
            아직 읽은 기사가 없어요. <Link href="/">홈에서 기사를 골라 보세요.</Link>
          </p>
        )}
      </section>
      <section aria-labelledby="more">
        <h2 id="more">질문과 뉴스레터</h2>
        <ul className={styles.links}>
          <li>
            <Link href="/sanjini">산지니에게 한 질문과 답 보기</Link>
          </li>
          <li>
            <Link href="/newsletter">뉴스레터 신청하기</Link>
          </li>
        </ul>
      </section>
      <Sessions sessions={sessions ?? []} />
      <ExportData />
      <DeleteAccount />
    </>
  );
}
