'use client';

import { useState } from 'react';
import { READER_TYPES, readerTypePath } from '@/components/reader-types';
import type { ReaderType } from '@/graphql/generated/graphql';
import styles from './reader-type.module.css';

/** Shares the page of a type: by what the device has for it, else by copying the link, which can be opened anyway. */
export function ShareType({ type }: { type: ReaderType }) {
  const [told, tell] = useState('');
  const path = readerTypePath(type);

  async function share() {
    const url = new URL(path, location.origin).href;
    const data = { title: '경단 유형 검사', text: `나는 ${READER_TYPES[type].name}! 당신은요?`, url };
    try {
      if (typeof navigator.share === 'function') return await navigator.share(data);
      await navigator.clipboard.writeText(url);
      tell('링크를 복사했어요.');
    } catch (error) {
      // Whoever closes the sheet has decided not to share.
      if ((error as Error).name !== 'AbortError') tell(`이 링크를 복사해 주세요: ${url}`);
    }
  }
  return (
    <div className={styles.share}>
      <button type="button" className="button primary" onClick={() => void share()}>
        결과 공유하기
      </button>
      <a href={path}>공유되는 페이지 보기</a>
      <p role="status">{told}</p>
    </div>
  );
}
