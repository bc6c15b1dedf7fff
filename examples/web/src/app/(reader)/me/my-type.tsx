import Link from 'next/link';
import { ReaderProfile } from '@/components/reader-profile';
import { READER_TYPES, readerTypePath } from '@/components/reader-types';
import { SeoulTime } from '@/components/seoul-time';
import type { MeQuery } from '@/graphql/generated/graphql';
import styles from './me.module.css';

export function MyType({ profile }: { profile: MeQuery['me']['readerProfile'] }) {
  return (
    <section aria-labelledby="type">
      <h2 id="type">나의 유형</h2>
      {profile ? (
        <>
          <p>
            <Link href={readerTypePath(profile.type)} className={styles.type}>
              {READER_TYPES[profile.type].name}
            </Link>{' '}
            {READER_TYPES[profile.type].description}
          </p>
          <ReaderProfile profile={profile} />
          {profile.answeredAt && (
            <p className={styles.note}>
              <SeoulTime at={profile.answeredAt} />에 검사했어요.
            </p>
          )}
        </>
      ) : (
        <p className={styles.note}>아직 검사하지 않았어요. 열 가지 질문에 답하면 추천이 더 잘 맞아요.</p>
      )}
      <Link className="button" href="/reader-type">
        {profile ? '다시 검사하기' : '유형 검사하기'}
      </Link>
    </section>
  );
}
