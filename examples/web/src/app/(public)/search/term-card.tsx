import type { SearchQuery } from '@/graphql/generated/graphql';
import styles from './search.module.css';

/** What the glossary says of the words that were searched for. */
export function TermCard({ term }: { term: NonNullable<SearchQuery['findTerm']> }) {
  const { term: name, aliases, description, example } = term;
  return (
    <aside className={styles.term} aria-labelledby="term">
      <p className={styles.kind}>용어 사전</p>
      <h2 id="term">{name}</h2>
      {aliases.length > 0 && <p className={styles.aliases}>{aliases.join(', ')}</p>}
      <p>{description}</p>
      {example && <p className={styles.example}>예: {example}</p>}
    </aside>
  );
}
