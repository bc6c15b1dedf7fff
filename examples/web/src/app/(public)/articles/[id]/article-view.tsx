'use client';

import { useEffect } from 'react';
import { RecordArticleViewDocument } from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';

/** Tells the gateway that the article is read and, whenever the reader turns away, for how long it was on the screen. */
export function ArticleView({ id }: { id: string }) {
  useEffect(() => watchReading(id), [id]);
  return null;
}

function watchReading(articleId: string): () => void {
  let seenMs = 0;
  let shownAt: number | undefined;

  function tell(dwellSeconds: number) {
    // The counter is a little lower without it, and the reader need not know.
    sendDocument(RecordArticleViewDocument, { articleId, dwellSeconds }, { keepalive: true }).catch(() => {});
  }
  function begin() {
    if (seenMs === 0) tell(0);
    shownAt = performance.now();
  }
  function end() {
    if (shownAt === undefined) return;
    seenMs += performance.now() - shownAt;
    shownAt = undefined;
    tell(Math.round(seenMs / 1000));
  }
  const follow = () => (document.visibilityState === 'visible' ? begin() : end());
  if (document.visibilityState === 'visible') begin();
  document.addEventListener('visibilitychange', follow);
  window.addEventListener('pagehide', end);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    window.removeEventListener('pagehide', end);
    end();
  };
}
