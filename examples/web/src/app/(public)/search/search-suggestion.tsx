import Link from 'next/link';
import { objectParticle } from '@/components/particle';
import styles from './search.module.css';

export function SearchSuggestion({ suggestion }: { suggestion?: string | null }) {
  if (!suggestion) return null;
  return (
    <p className={styles.suggestion}>
      혹시{' '}
      <Link href={`/search?${new URLSearchParams({ q: suggestion })}`} prefetch={false}>
        {suggestion}
      </Link>
      {objectParticle(suggestion)} 찾으셨나요?
    </p>
  );
}
