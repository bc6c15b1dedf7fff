import { useState } from 'react';
import { SeoulTime } from '@/components/seoul-time';
import type { MeQuery } from '@/graphql/generated/graphql';
import styles from './me.module.css';

/** Who Kakao says the reader is. */
export function Person({ me: { name, email, profileImageUrl, createdAt } }: { me: MeQuery['me'] }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <section className={styles.person} aria-label="내 계정">
      {profileImageUrl && !isBroken ? (
        // The picture is on Kakao's servers, where Next's own <Image> may not go.
        <img
          src={profileImageUrl}
          alt=""
          width={64}
          height={64}
          referrerPolicy="no-referrer"
          onError={() => setBroken(true)}
        />
      ) : (
        <span className={styles.initial} aria-hidden="true">
          {[...name][0]}
        </span>
      )}
      <div>
        <p className={styles.name}>{name}</p>
        {email && <p>{email}</p>}
        <p className={styles.note}>
          <SeoulTime at={createdAt} />에 가입했어요. 이름과 사진은 로그인할 때 카카오에서 가져와요.
        </p>
      </div>
    </section>
  );
}
