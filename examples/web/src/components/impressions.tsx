'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import { RecordImpressionsDocument, type Surface } from '@/graphql/generated/graphql';
import { sendDocument } from '@/graphql/send-document';

const BATCH_MS = 1_000;
const MAX_BATCH = 100;
/** Since the page was loaded, whatever was shown how often. */
const told = new Set<string>();

/** Tells the gateway which cards below it were on the reader's screen: half of a card at least, each once. */
export function Impressions({ surface, children }: { surface: Surface; children: ReactNode }) {
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => watch(container.current!, surface), [surface]);
  return <div ref={container}>{children}</div>;
}

function watch(container: HTMLElement, surface: Surface): () => void {
  const pending: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    while (pending.length > 0) {
      const articleIds = pending.splice(0, MAX_BATCH);
      // A prediction is a little worse without them, and the reader need not know.
      sendDocument(RecordImpressionsDocument, { articleIds, surface }, { keepalive: true }).catch(() => {});
    }
  }
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        seen.unobserve(target);
        const id = (target as HTMLElement).dataset.article!;
        if (told.has(surface + id)) continue;
        told.add(surface + id);
        pending.push(id);
        timer ??= setTimeout(flush, BATCH_MS);
      }
    },
    { threshold: 0.5 },
  );
  const observed = new WeakSet<Element>();
  function observeCards() {
    for (const card of container.querySelectorAll('[data-article]'))
      if (!observed.has(card)) {
        observed.add(card);
        seen.observe(card);
      }
  }
  const added = new MutationObserver(observeCards);
  added.observe(container, { childList: true, subtree: true });
  observeCards();
  window.addEventListener('pagehide', flush);
  return () => {
    window.removeEventListener('pagehide', flush);
    added.disconnect();
    seen.disconnect();
    flush();
  };
}
